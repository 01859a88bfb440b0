internal import Bytes
internal import Samples

/// The messages of a body in delimited protobuf, read one after the other.
///
/// What reads is `mutating` even where it changes nothing: the compiler copies so large a structure for a method that
/// is not.
struct ProtobufMessages: Sendable {
    /// Where the body ends in the bytes.
    var end = 0
    /// The number of the message that is being read.
    var number = 0
    /// Its family.
    var family = ProtobufFamily()
    /// The families before it.
    var names = FamilyNames()
    /// The texts that do not stand in the body.
    var texts = DerivedTexts()
    /// The labels of the last metric.
    var labels = LabelNames()
    /// The metric that is being read, where its family is of counters, gauges or untyped ones.
    var scalar = ProtobufScalar()
    /// The same where it is of histograms or summaries.
    var histogram = ProtobufHistogram()

    /// Reads all messages, and adds their samples to `rows`; what samples have besides goes to `batch`.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, into rows: inout SampleRows, _ batch: inout SampleBatch
    ) throws(ProtobufError) {
        var reader = ProtobufReader(0..<end)
        while !reader.isAtEnd {
            number += 1
            family.name = nil
            do throws(ProtobufError.Problem) {
                try readFamily(bytes, try reader.delimited(bytes), into: &rows, &batch)
            } catch {
                throw failure(error, bytes)
            }
        }
    }

    @inline(never)
    private mutating func failure(_ problem: ProtobufError.Problem, _ bytes: borrowing Span<UInt8>) -> ProtobufError {
        let name = family.name.map { Self.token(bytes, $0.indices) }
        return ProtobufError(message: number, family: name, problem: problem)
    }

    /// A text for an error.
    static func token(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        range.prefix(ExpositionError.longestToken).map { bytes[$0] }
    }
}

/// A metric family, as far as its metrics need to know it.
struct ProtobufFamily: Sendable {
    /// Its name; nil until that has been read.
    var name: ByteRange?
    /// Its type.
    var type = MetricType.counter
    /// The tag of the field in which its metrics have their value.
    var valueTag: UInt64 = 0
    /// The names of the series that a histogram or summary becomes; those of the buckets or quantiles last.
    var count = ByteRange.none
    var sum = ByteRange.none
    var points = ByteRange.none

    /// Whether its metrics have one value each.
    var isScalar: Bool { valueTag != ProtobufTag.summary && valueTag != ProtobufTag.histogram }
}

/// The tags of fields that are looked for in more than one place.
enum ProtobufTag {
    /// Of a `MetricFamily`.
    static let name: UInt64 = 0x0a
    static let help: UInt64 = 0x12
    static let type: UInt64 = 0x18
    static let metric: UInt64 = 0x22
    static let unit: UInt64 = 0x2a

    /// Of a `Metric`.
    static let label: UInt64 = 0x0a
    static let gauge: UInt64 = 0x12
    static let counter: UInt64 = 0x1a
    static let summary: UInt64 = 0x22
    static let untyped: UInt64 = 0x2a
    static let timestamp: UInt64 = 0x30
    static let histogram: UInt64 = 0x3a

    /// Of a `Histogram` or a `Summary`, where they are buckets and quantiles.
    static let point: UInt64 = 0x1a
}
