import Bytes
import Samples

/// Makes a version 1 message of the series of a version 2 message, for a receiver that knows no other.
///
/// Start times are lost, of which version 1 knows nothing. The metadata of series becomes that of their families.
public struct Version1Transcoder: Sendable {
    /// A family's metadata: its name, and the field of a WriteRequest that says it.
    public struct Family: Sendable {
        /// The name, as far as the names and types of series tell it.
        public var name: [UInt8]
        var field: [UInt8]
    }

    /// The message so far.
    public private(set) var bytes: [UInt8] = []
    /// The families of the series so far, each once.
    public private(set) var families: [Family] = []

    private let texts: [Range<Int>]
    /// The names of series whose family has been looked at, by what refers to them.
    private var isKnown: Set<UInt64> = []
    private var names: Set<[UInt8]> = []
    private var body: [UInt8] = []
    private var inner: [UInt8] = []

    /// Transcodes series.
    public init(_ place: EncodedPlace, of bytes: borrowing Span<UInt8>) {
        texts = place.symbols(bytes)
        var fields = EncodedFields(in: place.series)
        while let field = fields.next(bytes) {
            body.removeAll(keepingCapacity: true)
            appendSeries(field.content, of: bytes)
            Self.append(body, as: 0x0a, to: &self.bytes)
        }
    }

    /// Appends the metadata of a family.
    public mutating func append(_ family: Family) { bytes.append(contentsOf: family.field) }

    /// About how many bytes the message of series will have, without making it.
    public static func size(_ place: EncodedPlace, of bytes: borrowing Span<UInt8>) -> Int {
        let texts = place.symbols(bytes)
        var size = place.series.count
        var fields = EncodedFields(in: place.series)
        while let series = fields.next(bytes) {
            var inner = EncodedFields(in: series.content)
            guard let labels = inner.next(bytes), labels.number == 1 else { continue }
            var numbers = EncodedFields(in: labels.content)
            while let number = numbers.nextNumber(bytes) { size += texts[Int(number)].count + 3 }
        }
        return size
    }

    private mutating func appendSeries(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        var fields = EncodedFields(in: content)
        var name: UInt64 = 0
        var (exemplars, histograms): ([UInt8], [UInt8]) = ([], [])
        while let field = fields.next(bytes) {
            switch field.number {
            case 1: name = appendLabels(field.content, of: bytes, to: &body)
            case 2:
                order(field.content, of: bytes)
                Self.append(inner, as: 0x12, to: &body)
            case 3:
                strip(field.content, of: bytes, without: 17)
                Self.append(inner, as: 0x22, to: &histograms)
            case 4: appendExemplar(field.content, of: bytes, to: &exemplars)
            case 5: note(field.content, of: bytes, name: name)
            default: break
            }
        }
        body += exemplars + histograms
    }

    /// Appends labels of their own for references.
    ///
    /// - Returns: what refers to the name of the series.
    @discardableResult
    private func appendLabels(
        _ content: Range<Int>, of bytes: borrowing Span<UInt8>, to message: inout [UInt8]
    ) -> UInt64 {
        var numbers = EncodedFields(in: content)
        var metric: UInt64 = 0
        while let name = numbers.nextNumber(bytes), let value = numbers.nextNumber(bytes) {
            let text = bytes.extracting(texts[Int(name)])
            message.append(label: text, value: bytes.extracting(texts[Int(value)]))
            if text.isName { metric = value }
        }
        return metric
    }

    /// Copies the value and then the time of a Sample message to `inner`, in the order that version 1 is written in.
    private mutating func order(_ content: Range<Int>, of bytes: borrowing Span<UInt8>) {
        var (value, time) = (0..<0, 0..<0)
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            switch field.number {
            case 1: value = field.whole
            case 2: time = field.whole
            default: break
            }
        }
        inner.removeAll(keepingCapacity: true)
        inner.append(copying: value, of: bytes)
        inner.append(copying: time, of: bytes)
    }

    /// Copies a message to `inner`, but for one field.
    private mutating func strip(_ content: Range<Int>, of bytes: borrowing Span<UInt8>, without number: Int) {
        inner.removeAll(keepingCapacity: true)
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            if field.number != number { inner.append(copying: field.whole, of: bytes) }
        }
    }

    private mutating func appendExemplar(
        _ content: Range<Int>, of bytes: borrowing Span<UInt8>, to exemplars: inout [UInt8]
    ) {
        inner.removeAll(keepingCapacity: true)
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            if field.number == 1 {
                appendLabels(field.content, of: bytes, to: &inner)
            } else {
                inner.append(copying: field.whole, of: bytes)
            }
        }
        Self.append(inner, as: 0x1a, to: &exemplars)
    }

    /// Remembers the metadata of a series' family, once.
    private mutating func note(_ content: Range<Int>, of bytes: borrowing Span<UInt8>, name reference: UInt64) {
        guard isKnown.insert(reference).inserted else { return }
        var type: UInt64 = 0
        var texts: [UInt8] = []
        var fields = EncodedFields(in: content)
        while let field = fields.next(bytes) {
            if field.number == 1 {
                type = field.varint
                continue
            }
            // Help and unit: 3 and 4 there, 4 and 5 here.
            let text = self.texts[Int(field.varint)]
            texts.append(field.number == 3 ? 0x22 : 0x2a)
            texts.append(varint: UInt64(text.count))
            texts.append(copying: text, of: bytes)
        }
        let name = Self.family(Array(bytes, self.texts[Int(reference)]), type)
        guard names.insert(name).inserted else { return }
        var message: [UInt8] = type == 0 ? [] : [0x08, UInt8(truncatingIfNeeded: type)]
        Self.append(name, as: 0x12, to: &message)
        var family = Family(name: name, field: [])
        Self.append(message + texts, as: 0x1a, to: &family.field)
        families.append(family)
    }

    /// The name of a family by that of one of its series.
    private static func family(_ name: [UInt8], _ type: UInt64) -> [UInt8] {
        let suffixes: [String]
        switch MetricType(rawValue: UInt8(truncatingIfNeeded: type)) {
        case .histogram: suffixes = ["_bucket", "_count", "_sum"]
        case .gaugeHistogram: suffixes = ["_bucket", "_gcount", "_gsum", "_count", "_sum"]
        case .summary: suffixes = ["_count", "_sum"]
        default: suffixes = []
        }
        for suffix in suffixes
        where name.count > suffix.utf8.count && name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
            return Array(name.dropLast(suffix.utf8.count))
        }
        return name
    }

    private static func append(_ message: [UInt8], as tag: UInt8, to bytes: inout [UInt8]) {
        bytes.append(tag)
        bytes.append(varint: UInt64(message.count))
        bytes.append(contentsOf: message)
    }
}

extension Span<UInt8> {
    /// Whether the text is `__name__`.
    fileprivate var isName: Bool { count == 8 && word(at: 0) == 0x5f5f_656d_616e_5f5f }
}

extension [UInt8] {
    /// A copy of a range of bytes.
    fileprivate init(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
        self = []
        append(copying: range, of: bytes)
    }
}
