extension SampleBatch {
    /// Brings every series to the one form in which it is compared and sent (contract G9, B5, B6, B13).
    ///
    /// Its own labels are sorted by the bytes of their names; labels without a value and labels that the grouping
    /// overrides are gone; the samples of one series stand together, ascending by time, those at the time of receipt
    /// last. Series keep the order in which they first appeared. Label names must differ within each series already.
    /// After an error the batch is good for nothing but `removeAll`.
    ///
    /// - Parameter keepingHashes: whether `hashes` is filled.
    public mutating func canonicalize(
        under grouping: Grouping, keepingHashes: Bool = false
    ) throws(BatchError) {
        var canonicalizer = Canonicalizer()
        swap(&canonicalizer, &self.canonicalizer)
        canonicalizer.exchange(with: &self)
        var violation: Canonicalizer.Violation?
        do throws(Canonicalizer.Violation) {
            try canonicalizer.run(arena.span, under: grouping, keepingHashes: keepingHashes)
        } catch {
            violation = error
        }
        canonicalizer.exchange(with: &self)
        swap(&canonicalizer, &self.canonicalizer)
        switch violation {
        case nil: return
        case .duplicate(let series): throw .duplicateSeries(describe(series))
        case .reserved(let name, let series): throw .reservedLabel(name: excerpt(name), series: describe(series))
        }
    }
}
