internal import Bytes
public import Samples

/// Parses delimited protobuf: a sequence of `io.prometheus.client.MetricFamily`, each behind its length as a varint.
///
/// It reads what Prometheus reads in a scrape, and refuses besides where that would take a wrong value for a right one:
/// a metric without the value of its family's type, a label that is there twice, a native histogram whose count is
/// not that of its buckets. Unknown fields are skipped. A parser is reused from push to push, for its memory.
public struct ProtobufParser: Sendable {
    private var messages = ProtobufMessages()

    /// A parser without memory yet.
    public init() {}

    /// Parses the body that stands in `batch.arena`, whose other arrays are empty; all or nothing.
    ///
    /// Counters, gauges and untyped metrics become a series with one sample each. Classic histograms become `_count`,
    /// `_sum` and `_bucket` series, with a bucket `+Inf` in any case; summaries `_count`, `_sum` and quantiles. Native
    /// histograms become one series with the family's name, and the classic series that stand for it. Bounds are
    /// canonical (contract B11). Every NaN but the stale marker becomes the ordinary one (B9). Families without
    /// metrics are left out.
    ///
    /// It appends to the arena: 64 bytes of slack, and the texts that are not in the body, which are less than three
    /// times the body. The labels of a histogram are there once in the body, and again in each of its series in the
    /// batch: there is no bound for a batch in the bytes of its body but `largestSize(of:)`. After an error the batch is
    /// empty but for the arena.
    public mutating func parse(_ batch: inout SampleBatch) throws(ProtobufError) {
        precondition(batch.arena.count <= 1 << 30, "a body has at most 1 GiB")
        var arena: [UInt8] = []
        swap(&arena, &batch.arena)
        let end = arena.count
        // Whoever reads the texts scans in whole blocks.
        arena.append(contentsOf: repeatElement(0, count: 4 * BlockScanner.slack))
        messages.begin(end: end, spillStart: arena.count)
        var rows = SampleRows()
        rows.exchange(with: &batch)
        do throws(ProtobufError) {
            try messages.read(arena.span, into: &rows, &batch)
            rows.exchange(with: &batch)
            messages.finish(&arena)
            swap(&arena, &batch.arena)
            messages.forget()
        } catch {
            rows.exchange(with: &batch)
            batch.removeAll(keepingCapacityUpTo: .max)
            swap(&arena, &batch.arena)
            messages.forget()
            throw error
        }
    }
}

extension ProtobufMessages {
    /// Begins a body.
    fileprivate mutating func begin(end: Int, spillStart: Int) {
        texts.begin(spillStart: spillStart)
        names.removeAll()
        labels.removeAll()
        self.end = end
        number = 0
    }

    /// Appends the texts of the spill to the arena.
    fileprivate func finish(_ arena: inout [UInt8]) {
        guard !texts.spill.isEmpty else { return }
        arena.append(contentsOf: texts.spill)
        arena.append(contentsOf: repeatElement(0, count: BlockScanner.slack))
    }

    /// Lets go of what a giant body swelled.
    fileprivate mutating func forget() {
        texts.forget()
        histogram.forget()
    }
}
