/// The samples of one push: flat arrays over one arena of bytes.
///
/// A parser fills it, an encoder reads it; nothing crosses a module boundary one sample at a time. Every text (names,
/// labels) is a `ByteRange` of `arena`, valid UTF-8. A batch is reused from push to push: `removeAll` keeps the memory.
public struct SampleBatch: Sendable {
    /// The bytes that all ranges point into: the decoded body first, behind it what escapes turned into.
    public var arena: [UInt8] = []

    /// The labels of all series, those of one series side by side; the metric name is not among them.
    public var labels: [LabelRange] = []

    /// The samples of all series, those of one series side by side.
    public var samples: [Sample] = []

    /// The series, in the order of the body; as parsed, one for each sample line.
    public var series: [Series] = []

    /// What stands for the labels of each of the first so many series, by `LabelHasher`: the sum of the hashes of its name
    /// and of its own labels.
    public internal(set) var hashes: [SeriesHash] = []

    /// From this series on each carries all of its labels itself, the grouping's too; nil: none does.
    public var firstComplete: Int?

    /// What the body says of its metric families, each once, in the order of the body.
    public var families: [Family] = []

    /// What few samples have besides a value and a time; `Sample.details` points here.
    public var details: [SampleDetails] = []

    /// The exemplars of all samples, those of one sample side by side.
    public var exemplars: [Exemplar] = []

    /// The labels of all exemplars.
    public var exemplarLabels: [LabelRange] = []

    /// The native histograms, each the value of one sample.
    public var histograms: [NativeHistogram] = []

    /// The spans of the buckets of all native histograms.
    public var spans: [NativeHistogram.Span] = []

    /// The buckets of all native histograms that count whole observations: each is the difference to the one before.
    public var deltas: [Int64] = []

    /// The buckets of all native histograms that count in floating point.
    public var counts: [Double] = []

    /// Which sample has the time of receipt for its value, if one does.
    var pushTime: Int?

    /// What `canonicalize` works with, kept from push to push.
    var canonicalizer = Canonicalizer()

    /// An empty batch.
    public init() {}

    /// Empties the batch and keeps its memory, unless a giant push swelled one of its arrays past `bytes`.
    public mutating func removeAll(keepingCapacityUpTo bytes: Int = 1 << 20) {
        let largest = max(
            arena.capacity, labels.capacity * MemoryLayout<LabelRange>.stride,
            samples.capacity * MemoryLayout<Sample>.stride, series.capacity * MemoryLayout<Series>.stride,
            families.capacity * MemoryLayout<Family>.stride, largestDetail)
        guard largest <= bytes else {
            self = SampleBatch()
            return
        }
        arena.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        samples.removeAll(keepingCapacity: true)
        series.removeAll(keepingCapacity: true)
        hashes.removeAll(keepingCapacity: true)
        families.removeAll(keepingCapacity: true)
        removeDetails()
        pushTime = nil
        firstComplete = nil
    }

    /// The text of a range of the arena.
    public func text(_ range: ByteRange) -> String {
        String(decoding: arena[range.indices], as: UTF8.self)
    }

    /// A series as exposition text writes it, `name{label="value"}`, for error messages; cut where it is long.
    public func describe(_ series: Series) -> String {
        var text: [UInt8] = []
        append(series.name, to: &text)
        for (number, index) in series.labels.enumerated() where text.count <= Self.longestDescription {
            text.append(UInt8(ascii: number == 0 ? "{" : ","))
            append(labels[index].name, to: &text)
            text.append(contentsOf: "=\"".utf8)
            // By bytes: a character may hold a quote and what combines with it.
            for byte in arena[labels[index].value.indices].prefix(Self.longestDescription) {
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): text += [UInt8(ascii: "\\"), byte]
                case UInt8(ascii: "\n"): text += Array("\\n".utf8)
                default: text.append(byte)
                }
            }
            text.append(UInt8(ascii: "\""))
        }
        if !series.labels.isEmpty { text.append(UInt8(ascii: "}")) }
        return Self.cut(text)
    }

    /// A text for an error message; cut where it is long.
    func excerpt(_ range: ByteRange) -> String {
        var text: [UInt8] = []
        append(range, to: &text)
        return Self.cut(text)
    }

    /// Appends as much of a text as a description has room for, and a little more.
    private func append(_ range: ByteRange, to text: inout [UInt8]) {
        text.append(contentsOf: arena[range.indices].prefix(Self.longestDescription + 1))
    }

    /// The beginning of a text, up to where a character ends, and an ellipsis; or the text.
    private static func cut(_ text: [UInt8]) -> String {
        guard text.count > longestDescription else { return String(decoding: text, as: UTF8.self) }
        var end = longestDescription
        while end > 0, text[end] & 0xc0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self) + "…"
    }

    /// An answer is one line of 1 KiB, in which the reason stands behind the series.
    private static let longestDescription = 512
}

/// A run of bytes in a batch's arena, which is at most 4 GiB long.
public struct ByteRange: Sendable, Equatable {
    /// The first byte's index.
    public var offset: UInt32
    /// How many bytes there are.
    public var count: UInt32

    /// The bytes from `offset` on, `count` of them.
    public init(offset: Int, count: Int) {
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// No bytes.
    public static var none: ByteRange { ByteRange(offset: 0, count: 0) }

    /// The indices in the arena.
    public var indices: Range<Int> { Int(offset)..<Int(offset) + Int(count) }
}

/// A label: name and value.
public struct LabelRange: Sendable {
    /// The name, never empty.
    public var name: ByteRange
    /// The value; empty means that the label is absent.
    public var value: ByteRange

    /// A label of this name and value.
    public init(name: ByteRange, value: ByteRange) {
        self.name = name
        self.value = value
    }
}

/// A series: its name, its own labels, its samples.
public struct Series: Sendable {
    /// The metric name, without its labels.
    public var name: ByteRange
    /// Its labels in `SampleBatch.labels`; the grouping labels are not among them.
    public var labels: Range<Int>
    /// Its samples in `SampleBatch.samples`.
    public var samples: Range<Int>

    /// A series of this name.
    public init(name: ByteRange, labels: Range<Int>, samples: Range<Int>) {
        self.name = name
        self.labels = labels
        self.samples = samples
    }
}
