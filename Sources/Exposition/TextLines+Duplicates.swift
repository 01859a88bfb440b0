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
        var names: [[UInt8]] = []
        for index in rows.firstLabel..<rows.labelCount { names.append(text(bytes, rows.label(at: index).name)) }
        names.sort { $0.lexicographicallyPrecedes($1) }
        return zip(names, names.dropFirst()).contains { $0 == $1 }
    }
}
