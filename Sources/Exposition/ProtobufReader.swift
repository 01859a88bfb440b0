internal import Bytes

/// Reads the fields of one protobuf message where they lie.
///
/// A field begins with its tag, a varint: eight times its number, plus its wire type.
struct ProtobufReader {
    /// How many groups may stand in each other.
    static let deepest = 32

    /// Where it goes on.
    private(set) var at: Int
    /// Where the message ends.
    let end: Int

    /// A reader of the message in this range, which lies within the bytes.
    @inline(__always)
    init(_ range: Range<Int>) {
        at = range.lowerBound
        end = range.upperBound
    }

    /// Whether all has been read.
    @inline(__always)
    var isAtEnd: Bool { at >= end }

    /// A tag, or a number that is written as a varint.
    @inline(__always)
    mutating func varint(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> UInt64 {
        guard at < end, bytes[at] < 0x80 else { return try longVarint(bytes) }
        let value = UInt64(bytes[at])
        at &+= 1
        return value
    }

    /// A number that is written as its eight bytes.
    @inline(__always)
    mutating func fixed64(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> UInt64 {
        guard end &- at >= 8 else { throw .truncated }
        let value = bytes.word(at: at)
        at &+= 8
        return value
    }

    /// A double; every NaN but the stale marker is the ordinary one (contract B9).
    @inline(__always)
    mutating func double(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> Double {
        let bits = try fixed64(bytes)
        let value = Double(bitPattern: bits)
        return value.isNaN && bits != Self.staleMarker ? DecimalNumber.nan : value
    }

    /// The NaN that says that a series has ended.
    private static let staleMarker: UInt64 = 0x7ff0_0000_0000_0002

    /// The place of a text, of a message, or of packed numbers.
    @inline(__always)
    mutating func run(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> Range<Int> {
        let count = try varint(bytes)
        guard count <= UInt64(truncatingIfNeeded: end &- at) else { throw .truncated }
        let start = at
        at &+= Int(truncatingIfNeeded: count)
        return start..<at
    }

    /// The place of a message that stands behind its length, which has at most 32 bits and five bytes.
    mutating func delimited(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> Range<Int> {
        let start = at
        let count = try varint(bytes)
        guard at - start <= 5, count <= UInt64(UInt32.max) else { throw .invalidVarint }
        at = start
        return try run(bytes)
    }

    /// Goes on behind what another look at the same bytes has read.
    @inline(__always)
    mutating func skip(to index: Int) { at = index }

    @inline(never)
    private mutating func longVarint(_ bytes: borrowing Span<UInt8>) throws(ProtobufError.Problem) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard at < end else { throw .truncated }
            let byte = bytes[at]
            at += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .invalidVarint }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw .invalidVarint
    }
}

extension ProtobufReader {
    /// Goes on behind a field that nobody asked for; it is wrong where the message has a field of that number.
    @inline(never)
    mutating func skip(
        _ bytes: borrowing Span<UInt8>, _ tag: UInt64, in message: ProtobufError.Message
    ) throws(ProtobufError.Problem) {
        let number = tag >> 3
        if number <= message.lastField, number > 0 { throw .wrongWireType(field: Int(number), of: message) }
        try skipAny(bytes, tag)
    }

    /// Goes on behind a field, whatever it is.
    mutating func skipAny(_ bytes: borrowing Span<UInt8>, _ tag: UInt64) throws(ProtobufError.Problem) {
        try skip(bytes, tag, depth: 0)
    }

    private mutating func skip(
        _ bytes: borrowing Span<UInt8>, _ tag: UInt64, depth: Int
    ) throws(ProtobufError.Problem) {
        guard 1..<1 << 29 ~= tag >> 3 else { throw .invalidTag }
        switch tag & 7 {
        case 0: _ = try varint(bytes)
        case 1: try skip(count: 8)
        case 2: _ = try run(bytes)
        case 3: try skipGroup(bytes, until: tag + 1, depth: depth + 1)
        case 4: throw .unbalancedGroup
        case 5: try skip(count: 4)
        default: throw .invalidTag
        }
    }

    private mutating func skip(count: Int) throws(ProtobufError.Problem) {
        guard end - at >= count else { throw .truncated }
        at += count
    }

    /// Goes on behind a group, which ends with this tag.
    private mutating func skipGroup(
        _ bytes: borrowing Span<UInt8>, until last: UInt64, depth: Int
    ) throws(ProtobufError.Problem) {
        guard depth <= Self.deepest else { throw .unbalancedGroup }
        while true {
            let tag = try varint(bytes)
            if tag == last { return }
            try skip(bytes, tag, depth: depth)
        }
    }
}
