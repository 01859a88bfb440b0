public import Samples

/// Parses OpenMetrics 1.0 (contract B1).
///
/// It accepts what Prometheus accepts when it scrapes, which is less strict than the specification in what the values
/// mean and stricter than Prometheus text in form; but no label twice in a sample or exemplar, no label `__name__`, no
/// name that is empty or no UTF-8, no null byte in a comment but in what HELP says. A parser is reused from push to
/// push, for its memory.
public struct OpenMetricsParser: Sendable {
    private var lines = TextLines(.openMetrics)
    private var startTimes = StartTimes()

    /// A parser without memory yet.
    public init() {}

    /// The most memory that a batch and the parser take for a body besides its bytes, until the batch is canonical.
    public static func largestSize(of body: borrowing Span<UInt8>) -> Int { TextSize(of: body, in: .openMetrics).bytes }

    /// Parses the body that stands in `batch.arena`, whose other arrays are empty; all or nothing.
    ///
    /// The same as `TextParser.parse`, with exemplars and start times besides. A `_created` sample of a counter, summary
    /// or histogram stays a series, and is marked (contract B12).
    public mutating func parse(_ batch: inout SampleBatch, canonicalBuckets: Bool) throws(ExpositionError) {
        defer { lines.forget() }
        try lines.parse(&batch, canonicalBuckets: canonicalBuckets)
        if lines.families.hasCreated { startTimes.settle(&batch, by: lines.families) }
    }
}
