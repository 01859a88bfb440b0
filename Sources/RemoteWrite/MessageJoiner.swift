import Bytes

/// Makes one version 2 message of the series of several, or of a part of one: with one table of symbols, which has what
/// these series refer to and nothing else.
///
/// Series keep their order and their bytes, but for what refers to symbols.
public struct MessageJoiner: Sendable {
    private var symbols = SymbolTable()
    private var series: [UInt8] = []
    private var ends: [Int] = []
    /// Of the message that is being added: where its symbols stand, and what refers to them here, once it is known.
    private var texts: [Range<Int>] = []
    private var references: [UInt32] = []
    private var body: [UInt8] = []
    private var inner: [UInt8] = []
    private var packed: [UInt8] = []

    /// A message without series.
    public init() {}

    /// Adds series of a message behind the others.
    public mutating func append(_ place: EncodedPlace, of bytes: borrowing Span<UInt8>) {
        texts = place.symbols(bytes)
        references = Array(repeating: .max, count: texts.count)
        var fields = EncodedFields(in: place.series)
        while let field = fields.next(bytes) {
            body.removeAll(keepingCapacity: true)
            appendSeries(field.content, of: bytes)
            series.append(0x2a)
            series.append(varint: UInt64(body.count))
            series.append(contentsOf: body)
        }
        ends.append(series.count)
    }

    /// The message.
    ///
    /// - Returns: its bytes, where its symbols end, and where each of what was added does.
    public consuming func finish() -> (bytes: [UInt8], head: Int, ends: [Int]) {
        var bytes = symbols.fields
        let head = bytes.count
        bytes.append(contentsOf: series)
        return (bytes, head, ends.map { head + $0 })
    }

    private mutating func appendSeries(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            switch field.number {
            case 1:
                refer(field.content, of: bytes)
                Self.append(packed, as: 0x0a, to: &body)
            case 4: appendExemplar(field.content, of: bytes)
            case 5: appendMetadata(field.content, of: bytes)
            default: body.append(copying: field.whole, of: bytes)
            }
        }
    }

    private mutating func appendExemplar(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        inner.removeAll(keepingCapacity: true)
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            if field.number == 1 {
                refer(field.content, of: bytes)
                Self.append(packed, as: 0x0a, to: &inner)
            } else {
                inner.append(copying: field.whole, of: bytes)
            }
        }
        Self.append(inner, as: 0x22, to: &body)
    }

    private mutating func appendMetadata(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        inner.removeAll(keepingCapacity: true)
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            inner.append(UInt8(field.number << 3))
            let isReference = field.number > 1
            inner.append(varint: isReference ? reference(Int(field.varint), in: bytes) : field.varint)
        }
        Self.append(inner, as: 0x2a, to: &body)
    }

    /// Makes `packed` what these references are here.
    private mutating func refer(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        packed.removeAll(keepingCapacity: true)
        var numbers = EncodedFields(in: content)
        while let number = numbers.nextNumber(bytes) {
            let known = references[Int(number)]
            let reference = known == .max ? learn(Int(number), in: bytes) : known
            if reference < 0x80 {
                packed.append(UInt8(truncatingIfNeeded: reference))
            } else {
                packed.append(varint: UInt64(reference))
            }
        }
    }

    private static func append(_ message: [UInt8], as tag: UInt8, to bytes: inout [UInt8]) {
        bytes.append(tag)
        bytes.append(varint: UInt64(message.count))
        bytes.append(contentsOf: message)
    }

    private mutating func reference(_ index: Int, in bytes: borrowing Span<UInt8>) -> UInt64 {
        let known = references[index]
        return UInt64(known == .max ? learn(index, in: bytes) : known)
    }

    @inline(never)
    private mutating func learn(_ index: Int, in bytes: borrowing Span<UInt8>) -> UInt32 {
        let reference = symbols.reference(to: texts[index], of: bytes)
        references[index] = reference
        return reference
    }
}
