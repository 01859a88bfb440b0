internal import Bytes
internal import Samples

extension TextLines {
    /// Whether a label is the one that says which bucket or quantile the sample is.
    mutating func isBound(_ bytes: borrowing Span<UInt8>, _ label: ByteRange) -> Bool {
        switch skeleton.name.bound {
        case .none: false
        case .le: isText(bytes, label, "le")
        case .quantile: isText(bytes, label, "quantile")
        }
    }

    /// Checks that the value of a label is a number, and makes it canonical (contract B11); NaN is no bound.
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
        let written = text(bytes, value)
        guard let number = DecimalNumber.parse(written.span, written.indices) else {
            let label = skeleton.name.bound == .le ? "le" : "quantile"
            throw ExpositionError(line: line, problem: .notABound(label: label, token(bytes, value)))
        }
        hasBound = !number.isNaN
        guard canonicalBuckets else { return }
        let canonical = CanonicalNumber.text(number).utf8
        guard !written.elementsEqual(canonical) else { return }
        rows.setValue(ByteRange(offset: spillStart + spill.count, count: canonical.count), ofLabel: index)
        spill.append(contentsOf: canonical)
    }
}
