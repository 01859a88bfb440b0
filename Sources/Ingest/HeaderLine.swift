/// A line of a head behind the first, without its end: `name: value` (RFC 9112, 5).
struct HeaderLine {
    /// Which header it is, if it is one that counts.
    var field: RequestHead.Field?
    /// Whether it names the host, which a request does once (RFC 9112, 3.2).
    var isHost: Bool
    /// Where the value stands, without the blanks around it.
    var value: Range<Int>

    /// Takes a line apart.
    init(_ line: borrowing Span<UInt8>) throws(RequestFlaw) {
        var end = 0
        while end < line.count, Self.isToken(line[end]) { end += 1 }
        guard end > 0, end < line.count, line[end] == UInt8(ascii: ":") else { throw .header }
        var (start, last) = (end + 1, line.count)
        while start < last, Self.isBlank(line[start]) { start += 1 }
        while last > start, Self.isBlank(line[last - 1]) { last -= 1 }
        for index in start..<last where line[index] < 0x20 && line[index] != 0x09 || line[index] == 0x7f {
            throw .header
        }
        field = Self.field(line.extracting(..<end))
        isHost = end == 4 && Self.isHost(line)
        value = start..<last
    }

    private static func field(_ name: borrowing Span<UInt8>) -> RequestHead.Field? {
        switch name.count {
        case 6: equals(name, .expect) ? .expect : equals(name, .prefer) ? .prefer : nil
        case 7: equals(name, .upgrade) ? .upgrade : nil
        case 10: equals(name, .connection) ? .connection : nil
        case 12: equals(name, .contentType) ? .contentType : nil
        case 13: equals(name, .authorization) ? .authorization : nil
        case 14: equals(name, .contentLength) ? .contentLength : nil
        case 16: equals(name, .contentEncoding) ? .contentEncoding : nil
        case 17: equals(name, .transferEncoding) ? .transferEncoding : nil
        default: nil
        }
    }

    private static func isHost(_ line: borrowing Span<UInt8>) -> Bool {
        line[0] | 0x20 == UInt8(ascii: "h") && line[1] | 0x20 == UInt8(ascii: "o")
            && line[2] | 0x20 == UInt8(ascii: "s") && line[3] | 0x20 == UInt8(ascii: "t")
    }

    /// Whether a token of a header's length is its name in any case; in a token, only letters become others by the bit.
    private static func equals(_ name: borrowing Span<UInt8>, _ field: RequestHead.Field) -> Bool {
        let other = field.name
        let bytes = other.utf8.span
        for index in bytes.indices where name[index] | 0x20 != bytes[index] { return false }
        return true
    }

    /// Whether a byte may stand in a token (RFC 9110, 5.6.2).
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? tokens.0 : tokens.1
        return byte < 128 && word >> UInt64(byte & 63) & 1 == 1
    }

    /// A bit for each byte that may: `!#$%&'*+-.^_`|~`, digits, letters.
    ///
    /// Written out: what is worked out at the first use is looked after at each one.
    private static let tokens: (UInt64, UInt64) = (0x03ff_6cfa_0000_0000, 0x57ff_ffff_c7ff_fffe)

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension Span<UInt8> {
    /// The bytes as text; nil where they are no UTF-8.
    var text: String? {
        guard let text = try? UTF8Span(validating: self) else { return nil }
        return String(copying: text)
    }
}
