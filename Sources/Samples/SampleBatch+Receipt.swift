extension SampleBatch {
    /// Gives the batch a time of receipt, in ms: the push time its value, and samples their order (contract B10, B13).
    ///
    /// The samples of each series are sorted by time, those without one being at the time of receipt. For a canonical
    /// batch, and again for each time of receipt: samples keep saying that they have no time.
    ///
    /// - Throws: `duplicateSeries`, where a sample with a timestamp is of just the time of receipt (contract B5).
    public mutating func arrange(receiptTime: Int64) throws(BatchError) {
        if let pushTime { samples[pushTime].value = Double(receiptTime) / 1000 }
        // As many samples as series: each has one.
        guard samples.count != series.count else { return }
        for one in series where !isAscending(one, receiptTime: receiptTime) {
            samples[one.samples].sort { $0.timestamp ?? receiptTime < $1.timestamp ?? receiptTime }
            for (earlier, later) in zip(samples[one.samples], samples[one.samples].dropFirst())
            where (earlier.timestamp ?? receiptTime) == (later.timestamp ?? receiptTime) {
                throw .duplicateSeries(describe(one))
            }
        }
    }

    /// Whether the samples of a series are ascending as they stand: to sort takes memory.
    private func isAscending(_ one: Series, receiptTime: Int64) -> Bool {
        for index in one.samples.dropFirst() {
            guard samples[index - 1].timestamp ?? receiptTime < samples[index].timestamp ?? receiptTime else {
                return false
            }
        }
        return true
    }
}
