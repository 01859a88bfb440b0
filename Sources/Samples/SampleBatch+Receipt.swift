extension SampleBatch {
    /// Sorts the samples of each series by time, those without one being at the time of receipt (contract B13).
    ///
    /// For a canonical batch, and again for each time of receipt: samples keep saying that they have no time.
    ///
    /// - Throws: `duplicateSeries`, where a sample with a timestamp is of just the time of receipt (contract B5).
    public mutating func arrange(receiptTime: Int64) throws(BatchError) {
        // As many samples as series: each has one.
        guard samples.count != series.count else { return }
        for one in series where one.samples.count > 1 {
            samples[one.samples].sort { $0.timestamp ?? receiptTime < $1.timestamp ?? receiptTime }
            for (earlier, later) in zip(samples[one.samples], samples[one.samples].dropFirst())
            where (earlier.timestamp ?? receiptTime) == (later.timestamp ?? receiptTime) {
                throw .duplicateSeries(describe(one))
            }
        }
    }
}
