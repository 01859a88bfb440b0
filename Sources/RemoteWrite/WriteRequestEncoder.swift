public import Samples

/// Encodes pushes as version 1 messages, `prometheus.WriteRequest`.
///
/// A message has repeated fields only, so the messages of several pushes, one behind the other, are one message.
public struct WriteRequestEncoder: Sendable {
    /// An encoder; it may be used for any number of pushes, one after the other.
    public init() {}

    /// The most bytes that a batch can be once it is encoded; without looking at each series.
    public static func largestSize(of batch: borrowing SampleBatch, under grouping: Grouping) -> Int {
        let fixed = FixedLabels(grouping).fields.count
        // Tags and lengths: of a message and its name; of a label; of a sample with its value and a negative time.
        let overhead = (series: 28, label: 16, sample: 24)
        let (size, isTooLarge) = batch.series.count.multipliedReportingOverflow(by: fixed + overhead.series)
        guard !isTooLarge else { return .max }
        let others = batch.labels.count * overhead.label + batch.samples.count * overhead.sample
        return size + others + batch.arena.count
    }

    /// Encodes a canonical batch: the own labels of each series, the grouping's that have a value, and `__name__`.
    ///
    /// Labels are sorted by the bytes of their names, as the specification's section "Labels" demands; values of 0
    /// and times of 0 are left out, as proto3 does.
    ///
    /// - Parameters:
    ///   - receiptTime: the time in ms of samples that have none (contract B7).
    ///   - push: what was in it is replaced, its memory is used again.
    public mutating func encode(
        _ batch: borrowing SampleBatch, grouping: Grouping, receiptTime: Int64, into push: inout EncodedPush
    ) {
        let fixed = FixedLabels(grouping)
        var shapes = KnownShapes()
        var writer = SeriesWriter(reusing: push.bytes, receiptTime: receiptTime)
        push.bytes = []
        while writer.next < batch.series.count {
            let first = writer.next
            if let shape = shapes.shape(of: first, in: batch, under: fixed) {
                let room = SeriesWriter.certainRoom(for: batch.series[first], in: batch, as: shape)
                writer.makeRoom(for: room, in: batch)
                writer.writeRun(batch, as: shape)
            }
            if writer.next == first { writer.writeAlone(batch, under: fixed) }
        }
        push.samples = writer.samples
        push.latestTimestamp = writer.latest
        push.bytes = writer.finish()
    }
}
