internal import Bytes
internal import Samples

extension TextLines {
    /// Parses the body that stands in `batch.arena`, whose other arrays are empty; all or nothing.
    mutating func parse(_ batch: inout SampleBatch, canonicalBuckets: Bool) throws(ExpositionError) {
        precondition(batch.arena.count < Int(UInt32.max) / 2, "a body is smaller than 2 GiB")
        let end = batch.arena.count
        // The parser always finds a line feed at the end, and scans in whole blocks up to there.
        batch.arena.append(Byte.lineFeed)
        batch.arena.append(contentsOf: repeatElement(0, count: 4 * BlockScanner.slack))
        begin(spillStart: batch.arena.count, end: end, canonicalBuckets: canonicalBuckets)
        var rows = SampleRows()
        rows.exchange(with: &batch)
        exemplars.exchange(with: &batch)
        do throws(ExpositionError) {
            try read(batch.arena.span, into: &rows)
            try checkEnd(batch.arena.span)
            rows.exchange(with: &batch)
            exemplars.exchange(with: &batch)
            finish(&batch)
        } catch {
            rows.exchange(with: &batch)
            exemplars.exchange(with: &batch)
            batch.labels.removeAll(keepingCapacity: true)
            batch.samples.removeAll(keepingCapacity: true)
            batch.series.removeAll(keepingCapacity: true)
            batch.details.removeAll(keepingCapacity: true)
            batch.exemplars.removeAll(keepingCapacity: true)
            batch.exemplarLabels.removeAll(keepingCapacity: true)
            throw error
        }
    }

    /// Begins a body.
    private mutating func begin(spillStart: Int, end: Int, canonicalBuckets: Bool) {
        self.spillStart = spillStart
        self.end = end
        self.canonicalBuckets = canonicalBuckets
        bounds.begin()
        forgetSkeletons()
        line = 0
        isEnded = false
    }

    /// Puts the texts of the spill and what comments say into the batch.
    private func finish(_ batch: inout SampleBatch) {
        families.describe(into: &batch.families)
        guard !spill.isEmpty else { return }
        batch.arena.append(contentsOf: spill)
        batch.arena.append(contentsOf: repeatElement(0, count: BlockScanner.slack))
    }

    /// Forgets what was learned of the body, and lets go of what a giant one swelled.
    mutating func forget() {
        spill.removeAll(keepingCapacity: spill.capacity <= 1 << 16)
        nameSlots.removeAll(keepingCapacity: nameSlots.capacity <= 1 << 14)
        families.removeAll()
    }
}
