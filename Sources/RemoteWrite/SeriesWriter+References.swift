import Bytes
import Samples

// Version 2: labels are references to symbols, and each series has its metadata.
extension SeriesWriter {
    /// Writes a series, whatever its shape and size; numbers and native histograms of one series in messages of their own,
    /// as the specification's section "io.prometheus.write.v2.Request" demands.
    mutating func writeReferring(_ series: Series, in batch: borrowing SampleBatch, under fixed: FixedLabels) {
        let arena = batch.arena.span
        var labels: [UInt8] = []
        var written = 0
        for index in series.labels {
            let label = batch.labels[index]
            let before = fixed.entries(from: written, before: arena.extracting(label.name.indices))
            append(fixed, before, name: series.name, in: arena, to: &labels)
            labels.append(varint: UInt64(symbols.reference(to: label.name.indices, of: arena)))
            labels.append(varint: UInt64(symbols.reference(to: label.value.indices, of: arena)))
            written = before.upperBound
        }
        append(fixed, written..<fixed.entries.count, name: series.name, in: arena, to: &labels)
        let name = symbols.reference(to: series.name.indices, of: arena)
        let metadata = metadata.field(ofName: series.name, name, in: batch, &symbols)
        for isNative in [false, true] {
            message.removeAll()
            message.append(labels, in: 1)
            guard appendSamples(of: series, in: batch, native: isNative) else { continue }
            message.append(metadata)
            writeMessage()
        }
    }

    private mutating func append(
        _ fixed: FixedLabels, _ range: Range<Int>, name: ByteRange, in arena: borrowing Span<UInt8>,
        to labels: inout [UInt8]
    ) {
        for index in range {
            let references = fixed.entries[index].references
            labels.append(varint: UInt64(references.name))
            let value =
                index == fixed.nameIndex ? symbols.reference(to: name.indices, of: arena) : references.value
            labels.append(varint: UInt64(value))
        }
    }

    /// Appends what is sent of a series' samples, and their exemplars.
    ///
    /// - Returns: whether there is any.
    private mutating func appendSamples(
        of series: Series, in batch: borrowing SampleBatch, native isNative: Bool
    ) -> Bool {
        let before = samples
        for index in series.samples {
            let sample = batch.samples[index]
            let (kind, start) = kindAndStart(of: sample, in: batch)
            if case .native(let histogram) = kind {
                guard isNative, profile.sendsNativeHistograms else { continue }
                setTime(sample.timestamp)
                message.append(batch.histograms[histogram], at: time.timestamp, since: start, in: batch)
                histograms += 1
            } else {
                guard !isNative, profile.sends(kind) else { continue }
                setTime(sample.timestamp)
                message.append(sample.value, at: time, since: start)
            }
            samples += 1
        }
        guard samples > before else { return false }
        if profile.sendsExemplars { appendExemplars(of: series, in: batch, native: isNative) }
        return true
    }

    private mutating func appendExemplars(of series: Series, in batch: borrowing SampleBatch, native isNative: Bool) {
        for index in series.samples {
            let sample = batch.samples[index]
            guard let details = batch.details(of: sample), profile.sends(details.kind) else { continue }
            var isOfNative = false
            if case .native = details.kind { isOfNative = true }
            guard isOfNative == isNative else { continue }
            for exemplar in details.exemplars {
                let exemplar = batch.exemplars[exemplar]
                let timestamp = exemplar.timestamp ?? sample.timestamp ?? receiptTime
                message.append(exemplar, at: timestamp, in: batch, referringTo: &symbols)
                exemplars += 1
            }
        }
    }

    private func kindAndStart(
        of sample: Sample, in batch: borrowing SampleBatch
    ) -> (SampleDetails.Kind, start: Int64) {
        guard let details = batch.details(of: sample) else { return (.float, 0) }
        return (details.kind, details.startTimestamp)
    }
}
