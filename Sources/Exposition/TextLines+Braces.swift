internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a sample whose name stands in quotes among its labels: `{"name",label="value"} 1`; the brace has been read.
    ///
    /// Whatever is wrong before the closing brace is an invalid metric name, as in a Pushgateway that knows no such
    /// names.
    mutating func readBracedSample(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var at: Int
        do throws(ExpositionError) {
            at = try readBraces(bytes, start, into: &rows)
            try checkDuplicates(bytes, in: &rows)
        } catch {
            throw error.problem == .unexpectedEnd ? error : failure(.invalidMetricName)
        }
        try readBounds(bytes, in: &rows)
        at = skipBlanks(bytes, at)
        skeleton.finish(at: at, isBehindBlank: true)
        return try readValue(bytes, at, into: &rows)
    }

    private mutating func readBraces(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var isNamed = false
        var at = skipBlanks(bytes, start)
        while bytes[at] != Byte.closingBrace {
            let (text, next) = try readElement(bytes, at)
            at = skipBlanks(bytes, next)
            if bytes[at] == Byte.equals {
                guard !isMetricName(bytes, text) else { throw failure(.reservedLabelName, at: at) }
                let (value, valueEnd) = try readLabelValue(bytes, at + 1, of: text, into: &rows)
                at = try readSeparator(bytes, valueEnd, after: value)
            } else {
                guard !isNamed, bytes[at] == Byte.comma || bytes[at] == Byte.closingBrace else {
                    throw failure(.invalidMetricName, at: at)
                }
                settleName(bytes, text)
                isNamed = true
            }
            if bytes[at] == Byte.comma { at = skipBlanks(bytes, at + 1) }
        }
        guard isNamed else { throw failure(.invalidMetricName, at: at) }
        return at + 1
    }

    /// Reads the name of a label or of the metric within braces.
    private mutating func readElement(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (ByteRange, Int) {
        if bytes[start] == Byte.quote { return try readQuotedName(bytes, start + 1, orElse: .invalidMetricName) }
        let end = labelNameEnd(bytes, start)
        guard end > start else { throw failure(.invalidMetricName, at: start) }
        return (ByteRange(offset: start, count: end - start), end)
    }
}
