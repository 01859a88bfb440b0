import Bytes
import Samples

// The samples of a series that is written alone: numbers, then exemplars, then native histograms, as in the schema.
extension SeriesWriter {
    /// Whether a series has a sample that is sent.
    func hasSamples(_ series: Series, in batch: borrowing SampleBatch) -> Bool {
        for index in series.samples where sends(batch.details(of: batch.samples[index])) { return true }
        return false
    }

    /// Appends what is sent of a series' samples to the message.
    mutating func appendSamples(of series: Series, in batch: borrowing SampleBatch) {
        var hasDetails = false
        for index in series.samples {
            let sample = batch.samples[index]
            let details = batch.details(of: sample)
            guard sends(details) else { continue }
            hasDetails = hasDetails || details != nil
            setTime(sample.timestamp)
            samples += 1
            if case .native = details?.kind { continue }
            message.append(sample.value, at: time)
        }
        guard hasDetails else { return }
        if profile.sendsExemplars { appendExemplars(of: series, in: batch) }
        appendHistograms(of: series, in: batch)
    }

    private mutating func appendExemplars(of series: Series, in batch: borrowing SampleBatch) {
        for index in series.samples {
            let sample = batch.samples[index]
            guard let details = batch.details(of: sample), sends(details) else { continue }
            for exemplar in details.exemplars {
                let exemplar = batch.exemplars[exemplar]
                message.append(exemplar, at: exemplar.timestamp ?? sample.timestamp ?? receiptTime, in: batch)
                exemplars += 1
            }
        }
    }

    private mutating func appendHistograms(of series: Series, in batch: borrowing SampleBatch) {
        for index in series.samples {
            let sample = batch.samples[index]
            guard case .native(let histogram)? = batch.details(of: sample)?.kind, profile.sendsNativeHistograms else {
                continue
            }
            message.append(batch.histograms[histogram], at: sample.timestamp ?? receiptTime, in: batch)
            histograms += 1
        }
    }

    private func sends(_ details: SampleDetails?) -> Bool { details.map { profile.sends($0.kind) } ?? true }
}
