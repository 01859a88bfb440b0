/// The line before a chunk: its size in hexadecimal digits, and extensions that nobody reads (RFC 9112, 7.1).
enum ChunkSize {
    /// More digits are refused: no body is that large.
    private static let longest = 15

    /// Reads a line without its end.
    static func read(_ line: borrowing Span<UInt8>) throws(RequestFlaw) -> Int {
        var (size, end) = (0, 0)
        while end < line.count, let digit = digit(line[end]) {
            guard end < longest else { throw .chunk }
            size = size << 4 | digit
            end += 1
        }
        guard end > 0 else { throw .chunk }
        try checkExtensions(line.extracting(end..<line.count))
        return size
    }

    /// Refuses what is no extension: `;name=value`, the value a token or in quotes, with blanks behind the semicolon.
    private static func checkExtensions(_ text: borrowing Span<UInt8>) throws(RequestFlaw) {
        var (isExtended, isQuoted) = (false, false)
        for index in text.indices {
            switch text[index] {
            case 0x20 where isExtended, 0x09 where isExtended: continue
            case UInt8(ascii: ";"): isExtended = true
            case UInt8(ascii: "\"") where isExtended: isQuoted.toggle()
            case UInt8(ascii: "=") where isExtended: continue
            case let byte where isQuoted && byte > 0x20 && byte != 0x7f: continue
            case let byte where isExtended && HeaderLine.isToken(byte): continue
            default: throw .chunk
            }
        }
        if isQuoted { throw .chunk }
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
