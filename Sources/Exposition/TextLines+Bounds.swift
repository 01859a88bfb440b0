internal import Bytes
internal import Samples

extension TextLines {
    /// Whether a label is the one that says which bucket or quantile the sample is.
    mutating func isBound(_ bytes: borrowing Span<UInt8>, _ label: ByteRange) -> Bool {
        guard let name = skeleton.name.bound.label else { return false }
        return isText(bytes, label, name)
    }

    /// Reads those of the labels of the sample that say which bucket or quantile it is.
    mutating func readBounds(_ bytes: borrowing Span<UInt8>, in rows: inout SampleRows) throws(ExpositionError) {
        guard skeleton.name.bound != .none else { return }
        for index in rows.firstLabel..<rows.labelCount {
            let label = rows.label(at: index)
            guard isBound(bytes, label.name) else { continue }
            skeleton.bound = index - rows.firstLabel
            try readBound(bytes, label.value, of: index, in: &rows)
        }
    }

    /// Checks that the value of a label is a number, and makes it canonical (contract B11); NaN is no bound.
    ///
    /// In OpenMetrics a value that is no number stays as it is.
    @inline(__always)
    mutating func readBound(
        _ bytes: borrowing Span<UInt8>, _ value: ByteRange, of index: Int, in rows: inout SampleRows
    ) throws(ExpositionError) {
        if Int(value.offset) < spillStart, CanonicalNumber.isEvident(bytes, value.indices) {
            hasBound = true
        } else {
            try readLongBound(bytes, value, of: index, in: &rows)
        }
    }

    @inline(never)
    private mutating func readLongBound(
        _ bytes: borrowing Span<UInt8>, _ value: ByteRange, of index: Int, in rows: inout SampleRows
    ) throws(ExpositionError) {
        guard let number = number(bytes, value) else {
            guard dialect == .prometheus, let label = skeleton.name.bound.label else { return }
            throw failure(.notABound(label: label, token(bytes, value)))
        }
        hasBound = !number.isNaN
        guard canonicalBuckets else { return }
        rows.setValue(bounds.text(of: number, in: &spill, from: spillStart), ofLabel: index)
    }

    /// The number that a text is, which stands in the body or in the spill.
    private func number(_ bytes: borrowing Span<UInt8>, _ value: ByteRange) -> Double? {
        guard Int(value.offset) >= spillStart else { return DecimalNumber.parse(bytes, value.indices) }
        let start = Int(value.offset) - spillStart
        return DecimalNumber.parse(spill.span, start..<start + Int(value.count))
    }
}
