internal import Bytes
internal import Samples

extension TextLines {
    /// Refuses the labels that have been added for the sample if a name is among them twice.
    mutating func checkDuplicates(_ bytes: borrowing Span<UInt8>, in rows: inout SampleRows) throws(ExpositionError) {
        let isSmall = rows.labelCount - rows.firstLabel <= 16
        guard isSmall ? hasDuplicate(bytes, in: &rows) : hasDuplicateAmongMany(bytes, in: &rows) else { return }
        throw failure(.duplicateLabelNames(family: familyName))
    }

    private mutating func hasDuplicate(_ bytes: borrowing Span<UInt8>, in rows: inout SampleRows) -> Bool {
        for index in rows.firstLabel..<rows.labelCount {
            let name = rows.label(at: index).name
            for other in rows.firstLabel..<index where isSameText(bytes, name, rows.label(at: other).name) {
                return true
            }
        }
        return false
    }

    /// The same for numbers of labels that must not be squared.
    private mutating func hasDuplicateAmongMany(_ bytes: borrowing Span<UInt8>, in rows: inout SampleRows) -> Bool {
        let count = rows.labelCount - rows.firstLabel
        var capacity = 64
        while capacity < 2 * count { capacity *= 2 }
        nameSlots.removeAll(keepingCapacity: true)
        nameSlots.append(contentsOf: repeatElement(0, count: capacity))
        for index in rows.firstLabel..<rows.labelCount {
            let name = rows.label(at: index).name
            var slot = Int(truncatingIfNeeded: hash(bytes, name)) & (capacity - 1)
            while nameSlots[slot] != 0 {
                let other = rows.firstLabel + Int(nameSlots[slot]) - 1
                if isSameText(bytes, name, rows.label(at: other).name) { return true }
                slot = (slot + 1) & (capacity - 1)
            }
            nameSlots[slot] = UInt32(truncatingIfNeeded: index - rows.firstLabel + 1)
        }
        return false
    }

    /// The hash of a text, which stands in the body or in the spill.
    private func hash(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> UInt64 {
        let hasher = ByteHasher.process
        guard Int(range.offset) >= spillStart else { return hasher.hash(bytes, range, salt: hasher.seed) }
        let place = ByteRange(offset: Int(range.offset) - spillStart, count: Int(range.count))
        return hasher.hash(spill.span, place, salt: hasher.seed)
    }
}
