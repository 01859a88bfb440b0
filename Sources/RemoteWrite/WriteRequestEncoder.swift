public import Samples

/// Encodes pushes as messages of a profile's version, `prometheus.WriteRequest` or `io.prometheus.write.v2.Request`.
///
/// A message of version 1 has repeated fields only, so the messages of several pushes, one behind the other, are one
/// message. Those of version 2 have symbols of their own, and are joined by a `MessageJoiner`.
public struct WriteRequestEncoder: Sendable {
    private let profile: OutboundProfile
    /// Of version 2: memory that is used from push to push.
    private var symbols = SymbolTable()
    private var metadata = SeriesMetadata()

    /// An encoder for destinations of a profile; it may be used for any number of pushes, one after the other.
    public init(_ profile: OutboundProfile = OutboundProfile()) { self.profile = profile }

    /// The most bytes that a batch can be once it is encoded, whatever the profile.
    public static func largestSize(of batch: borrowing SampleBatch, under grouping: Grouping) -> Int {
        // Tags and lengths: of a message, its name and metadata; of a label, or its two symbols and references; of a
        // sample with its value and two negative times.
        let overhead = (series: 56, label: 24, sample: 36)
        let fixed = grouping.labels.reduce(0) { $0 + $1.name.count + $1.value.count + overhead.label }
        let (size, isTooLarge) = batch.series.count.multipliedReportingOverflow(by: fixed + overhead.series)
        guard !isTooLarge else { return .max }
        var texts = 0
        let (series, labels) = (batch.series.span, batch.labels.span)
        for index in series.indices {
            texts &+= Int(series[index].name.count) &+ series[index].labels.count &* overhead.label
            for label in series[index].labels {
                texts &+= Int(labels[label].name.count &+ labels[label].value.count)
            }
        }
        for family in batch.families { texts &+= Int(family.name.count &+ family.help.count &+ family.unit.count) }
        texts += batch.families.count * 32
        return size + texts + batch.samples.count * overhead.sample + largestSize(ofDetailsOf: batch)
    }

    /// The most bytes that it takes beside the encoding itself: in version 2, a message's table of symbols.
    public static func scratchSize(for batch: borrowing SampleBatch, as profile: OutboundProfile) -> Int {
        guard profile.version == .v2 else { return 0 }
        let samples = min(batch.samples.count, profile.samplesPerMessage ?? .max)
        // Each series and label may have a text of its own; a name of many labels is mostly known.
        let texts = samples * (1 + batch.labels.count / max(1, batch.series.count)) + batch.families.count
        return texts * SymbolTable.largestEntry
    }

    private static func largestSize(ofDetailsOf batch: borrowing SampleBatch) -> Int {
        // A span is two numbers of up to 5 bytes; a delta is up to 10, which a count is not.
        var size = batch.histograms.count * 176 + batch.spans.count * 14 + batch.deltas.count * 10
        size += batch.counts.count * 8
        guard !batch.exemplars.isEmpty else { return size }
        // Samples may share exemplars.
        for index in batch.samples.indices {
            for exemplar in batch.details(of: batch.samples[index])?.exemplars ?? 0..<0 {
                size += 32
                for label in batch.exemplars[exemplar].labels {
                    let label = batch.exemplarLabels[label]
                    size += Int(label.name.count) + Int(label.value.count) + 24
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
        push.removeAll(version: profile.version)
        push.exemplarsLeftOut = profile.exemplarsLeftOut(of: batch)
        var (memory, next): ([UInt8], Int) = ([], 0)
        swap(&memory, &push.bytes)
        var writer = SeriesWriter(0..<batch.series.count, reusing: memory, receiptTime: receiptTime, profile: profile)
        memory = []
        let fixed = FixedLabels(grouping)
        repeat {
            let end = profile.messageEnd(from: next, in: batch)
            write(batch, upTo: end, under: fixed, to: &writer)
            push.add(&writer, isOnly: next == 0 && end == batch.series.count)
            next = end
        } while next < batch.series.count
        push.finish(&writer)
    }

    private mutating func write(
        _ batch: borrowing SampleBatch, upTo end: Int, under fixed: FixedLabels, to writer: inout SeriesWriter
    ) {
        guard profile.version == .v2 else { return writeAll(batch, upTo: end, under: fixed, to: &writer) }
        swap(&symbols, &writer.symbols)
        swap(&metadata, &writer.metadata)
        writer.symbols.removeAll(expecting: end - writer.next)
        writer.metadata.begin(batch)
        writeAll(batch, upTo: end, under: fixed, to: &writer)
        writer.writeSymbols()
        swap(&symbols, &writer.symbols)
        swap(&metadata, &writer.metadata)
    }

    /// Writes the series that the fixed labels belong to, and behind them those that have all labels of their own.
    private func writeAll(
        _ batch: borrowing SampleBatch, upTo end: Int, under fixed: FixedLabels, to writer: inout SeriesWriter
    ) {
        writer.end = min(batch.firstComplete ?? end, end)
        if writer.next < writer.end { writeRuns(batch, under: fixed, to: &writer) }
        writer.end = end
        if writer.next < end { writeRuns(batch, under: .none, to: &writer) }
    }

    private func writeRuns(_ batch: borrowing SampleBatch, under fixed: FixedLabels, to writer: inout SeriesWriter) {
        var fixed = fixed
        if profile.version == .v2 { fixed.refer(to: &writer.symbols) }
        var shapes = KnownShapes()
        while writer.next < writer.end {
            let first = writer.next
            switch profile.version {
            case .v1:
                guard let shape = shapes.shape(of: first, in: batch, under: fixed) else { break }
                writer.makeRoom(for: SeriesWriter.certainRoom(for: batch.series[first], in: batch, as: shape))
                writer.writeRun(batch, as: shape)
            case .v2:
                let known = shapes.shape(of: first, in: batch, under: fixed, referringTo: &writer.symbols)
                guard let shape = known else { break }
                writer.makeRoom(for: SeriesWriter.certainReferenceRoom(for: batch.series[first], as: shape))
                writer.writeReferenceRun(batch, as: shape)
            }
            if writer.next == first { writer.writeAlone(batch, under: fixed) }
        }
    }

    /// Appends the metadata of some of the batch's families, once the batch has been encoded: for version 1.
    public func append(metadataOf families: [Int], of batch: borrowing SampleBatch, to push: inout EncodedPush) {
        for family in families { push.append(batch.families[family], of: batch) }
    }
}
