/// Reads the fields of one protobuf message where they lie.
///
/// It shares no code with the encoder, so that each can show the other's mistakes.
struct WireReader {
    /// All bytes of the request; offsets in errors count from their start.
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    /// A reader of a whole request.
    init(_ bytes: [UInt8]) {
        self.init(bytes, 0..<bytes.count)
    }

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field, or nil at the message's end.
    mutating func next() throws(ReadError) -> WireField? {
        guard position < end else { return nil }
        let offset = position
        let tag = try varint()
        guard let number = Int(exactly: tag >> 3), 1..<1 << 29 ~= number else { throw .invalidTag(offset: offset) }
        switch tag & 7 {
        case 0: return WireField(number: number, offset: offset, payload: .varint(try varint()))
        case 1: return WireField(number: number, offset: offset, payload: .fixed64(try fixed(bytes: 8)))
        case 2: return WireField(number: number, offset: offset, payload: .bytes(try run()))
        case 5: return WireField(number: number, offset: offset, payload: .fixed32(try fixed(bytes: 4)))
        default: throw .invalidTag(offset: offset)
        }
    }

    /// A reader of the message in a field.
    func message(_ field: WireField, _ name: String) throws(ReadError) -> WireReader {
        WireReader(bytes, try field.range(name))
    }

    /// The text in a field.
    func string(_ field: WireField, _ name: String) throws(ReadError) -> String {
        let range = try field.range(name)
        guard let text = try? UTF8Span(validating: bytes.span.extracting(range)) else {
            throw .invalidUTF8(field: name, offset: field.offset)
        }
        return String(copying: text)
    }

    /// The varints in a field of a repeated type, packed or one alone.
    func varints(_ field: WireField, _ name: String) throws(ReadError) -> [UInt64] {
        if case .varint(let value) = field.payload { return [value] }
        var packed = try message(field, name)
        var values: [UInt64] = []
        while packed.position < packed.end { values.append(try packed.varint()) }
        return values
    }

    /// The doubles in a field of a repeated type, packed or one alone.
    func doubles(_ field: WireField, _ name: String) throws(ReadError) -> [Double] {
        if case .fixed64(let bits) = field.payload { return [Double(bitPattern: bits)] }
        var packed = try message(field, name)
        var values: [Double] = []
        while packed.position < packed.end { values.append(Double(bitPattern: try packed.fixed(bytes: 8))) }
        return values
    }

    private mutating func varint() throws(ReadError) -> UInt64 {
        let offset = position
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { throw .truncated(offset: offset) }
            let byte = bytes[position]
            position += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw .varintTooLong(offset: offset) }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw .varintTooLong(offset: offset)
    }

    private mutating func fixed(bytes count: Int) throws(ReadError) -> UInt64 {
        guard end - position >= count else { throw .truncated(offset: position) }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += count
        return value
    }

    private mutating func run() throws(ReadError) -> Range<Int> {
        let offset = position
        let count = try varint()
        guard count <= UInt64(end - position) else { throw .truncated(offset: offset) }
        let range = position..<position + Int(count)
        position = range.upperBound
        return range
    }
}

/// One field of a protobuf message.
struct WireField {
    /// What stands behind the tag.
    enum Payload {
        case varint(UInt64)
        case fixed64(UInt64)
        case bytes(Range<Int>)
        case fixed32(UInt64)
    }

    var number: Int
    /// Where the tag stands.
    var offset: Int
    var payload: Payload

    /// The value as `uint64`, `uint32` or an enumeration.
    func varint(_ name: String) throws(ReadError) -> UInt64 {
        guard case .varint(let value) = payload else { throw .wrongWireType(field: name, offset: offset) }
        return value
    }

    /// The value as `int64`: two's complement, not zigzag.
    func int64(_ name: String) throws(ReadError) -> Int64 {
        Int64(bitPattern: try varint(name))
    }

    /// The value as `sint32`: zigzag.
    func sint32(_ name: String) throws(ReadError) -> Int32 {
        let value = UInt32(truncatingIfNeeded: try varint(name))
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }

    /// The value as `double`.
    func double(_ name: String) throws(ReadError) -> Double {
        guard case .fixed64(let bits) = payload else { throw .wrongWireType(field: name, offset: offset) }
        return Double(bitPattern: bits)
    }

    /// Where a string, a message or a packed run lies.
    func range(_ name: String) throws(ReadError) -> Range<Int> {
        guard case .bytes(let range) = payload else { throw .wrongWireType(field: name, offset: offset) }
        return range
    }
}
