import Bytes

/// The fields of a message of this program's own, one after the other.
///
/// What is not well-formed is our own mistake and traps.
struct EncodedFields {
    /// A field: its number and where it stands, its tag included, and where its content does.
    struct Field {
        var number: Int
        var whole: Range<Int>
        /// The bytes of a length-delimited or fixed field; empty for a varint.
        var content: Range<Int>
        /// The value of a varint; 0 for other fields.
        var varint: UInt64
    }

    private var position: Int
    private let end: Int

    /// The fields in a range of bytes.
    init(in range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field; nil behind the last.
    mutating func next(_ bytes: borrowing Span<UInt8>) -> Field? {
        guard position < end else { return nil }
        let start = position
        let tag = varint(bytes)
        var field = Field(number: Int(tag >> 3), whole: start..<start, content: start..<start, varint: 0)
        switch tag & 7 {
        case 0:
            field.varint = varint(bytes)
        case 1:
            field.content = position..<position + 8
            position += 8
        case 2:
            let length = Int(varint(bytes))
            field.content = position..<position + length
            position += length
        default: preconditionFailure("no field of this kind is written")
        }
        precondition(position <= end, "a field ends within its message")
        field.whole = start..<position
        return field
    }

    /// The next of packed numbers; nil behind the last.
    @inline(__always)
    mutating func nextNumber(_ bytes: borrowing Span<UInt8>) -> UInt64? {
        guard position < end else { return nil }
        return varint(bytes)
    }

    @inline(__always)
    private mutating func varint(_ bytes: borrowing Span<UInt8>) -> UInt64 {
        let byte = bytes[position]
        position &+= 1
        return byte < 0x80 ? UInt64(byte) : longVarint(bytes, after: byte)
    }

    @inline(never)
    private mutating func longVarint(_ bytes: borrowing Span<UInt8>, after first: UInt8) -> UInt64 {
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while true {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}
