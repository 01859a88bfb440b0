public import Samples

/// Encodes pushes as version 1 messages, `prometheus.WriteRequest`.
///
/// A message has repeated fields only, so the messages of several pushes, one behind the other, are one message.
public struct WriteRequestEncoder: Sendable {
    private let profile: OutboundProfile

    /// An encoder for destinations of a profile; it may be used for any number of pushes, one after the other.
    public init(_ profile: OutboundProfile = OutboundProfile()) { self.profile = profile }

    /// The most bytes that a batch can be once it is encoded, whatever the profile.
    public static func largestSize(of batch: borrowing SampleBatch, under grouping: Grouping) -> Int {
        // Tags and lengths: of a message and its name; of a label; of a sample with its value and a negative time.
        let overhead = (series: 28, label: 16, sample: 24)
        let fixed = grouping.labels.reduce(0) { $0 + $1.name.count + $1.value.count + overhead.label }
        let (size, isTooLarge) = batch.series.count.multipliedReportingOverflow(by: fixed + overhead.series)
        guard !isTooLarge else { return .max }
        var texts = 0
        for index in batch.series.indices {
            texts &+= Int(batch.series[index].name.count)
            for label in batch.series[index].labels {
                texts &+= Int(batch.labels[label].name.count &+ batch.labels[label].value.count) &+ overhead.label
            }
        }
        for family in batch.families { texts &+= Int(family.name.count &+ family.help.count &+ family.unit.count) }
        texts += batch.families.count * 32
        return size + texts + batch.samples.count * overhead.sample + largestSize(ofDetailsOf: batch)
    }

    private static func largestSize(ofDetailsOf batch: borrowing SampleBatch) -> Int {
        // A span is two numbers of up to 5 bytes; a delta is up to 10, which a count is not.
        var size = batch.histograms.count * 160 + batch.spans.count * 14 + batch.deltas.count * 10
        size += batch.counts.count * 8
        guard !batch.exemplars.isEmpty else { return size }
        // Samples may share exemplars.
        for index in batch.samples.indices {
            for exemplar in batch.details(of: batch.samples[index])?.exemplars ?? 0..<0 {
                size += 32
                for label in batch.exemplars[exemplar].labels {
                    let label = batch.exemplarLabels[label]
                    size += Int(label.name.count) + Int(label.value.count) + 16
                }
            }
        }
        return size
    }

    /// Encodes a canonical batch: the own labels of each series, the grouping's that have a value, and `__name__`.
    ///
    /// From `batch.firstComplete` on, series have no labels but their own.
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
        var writer = SeriesWriter(reusing: push.bytes, receiptTime: receiptTime, profile: profile)
        push.bytes = []
        let firstComplete = batch.firstComplete ?? batch.series.count
        Self.write(batch, upTo: firstComplete, under: FixedLabels(grouping), with: &writer)
        if firstComplete < batch.series.count {
            Self.write(batch, upTo: batch.series.count, under: .none, with: &writer)
        }
        push.samples = writer.samples
        push.histograms = writer.histograms
        push.exemplars = writer.exemplars
        push.exemplarsLeftOut = profile.exemplarsLeftOut(of: batch)
        push.earliestTimestamp = writer.earliest
        push.latestTimestamp = writer.latest
        push.bytes = writer.finish()
    }

    private static func write(
        _ batch: borrowing SampleBatch, upTo end: Int, under fixed: FixedLabels, with writer: inout SeriesWriter
    ) {
        var shapes = KnownShapes()
        writer.end = end
        while writer.next < end {
            let first = writer.next
            if let shape = shapes.shape(of: first, in: batch, under: fixed) {
                let room = SeriesWriter.certainRoom(for: batch.series[first], in: batch, as: shape)
                writer.makeRoom(for: room, in: batch)
                writer.writeRun(batch, as: shape)
            }
            if writer.next == first { writer.writeAlone(batch, under: fixed) }
        }
    }

    /// Appends the metadata of some of the batch's families, once the batch has been encoded.
    public func append(metadataOf families: [Int], of batch: borrowing SampleBatch, to push: inout EncodedPush) {
        for family in families { push.bytes.append(batch.families[family], of: batch) }
    }
}
