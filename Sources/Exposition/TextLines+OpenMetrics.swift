internal import Bytes
internal import Samples

/// OpenMetrics as Prometheus's scrape parser reads it (`model/textparse/openmetricslex.l`): one blank between the parts
/// of a line and none elsewhere.
extension TextLines {
    /// Reads any line of OpenMetrics.
    mutating func readOpenMetricsLine(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        if bytes[start] == Byte.hash { return try readMetadata(bytes, start) }
        let firstLine = line
        beginSkeleton(at: start)
        hasBound = false
        var at = start
        if Byte.beginsMetricName(bytes[start]) {
            at = BlockScanner.nameEnd(bytes, from: start)
            settleName(bytes, ByteRange(offset: start, count: at - start))
        } else if bytes[start] != Byte.openingBrace {
            throw failure(.unexpected(bytes[start], expected: "a metric name, '{' or \"# \""), at: start)
        }
        if bytes[at] == Byte.openingBrace {
            at = try readOpenMetricsLabels(bytes, at + 1, isNamed: at > start, into: &rows)
        }
        guard bytes[at] == Byte.blank else {
            throw failure(.unexpected(bytes[at], expected: "one blank before the value"), at: at)
        }
        // A name with a line feed in it is not repeated: the lines would not be counted.
        if line == firstLine { skeleton.finish(at: at + 1, isBehindBlank: true) }
        return try readValue(bytes, at + 1, into: &rows)
    }

    /// Reads what stands in braces, behind the opening one: labels, and the name if it does not stand before them.
    private mutating func readOpenMetricsLabels(
        _ bytes: borrowing Span<UInt8>, _ start: Int, isNamed: Bool, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var isNamed = isNamed
        var at = start
        while bytes[at] != Byte.closingBrace {
            let isQuoted = bytes[at] == Byte.quote
            let (name, next) = try readElementName(bytes, at, acrossLines: true)
            at = next
            if isQuoted, bytes[at] == Byte.comma || bytes[at] == Byte.closingBrace {
                guard !isNamed else { throw failure(.secondMetricName(token(bytes, name)), at: at) }
                settleName(bytes, name)
                isNamed = true
            } else {
                at = try readOpenMetricsLabel(bytes, at, of: name, into: &rows)
            }
            at = try readComma(bytes, at)
        }
        guard isNamed else { throw failure(.missingMetricName, at: at) }
        try checkDuplicates(bytes, in: &rows)
        try readBounds(bytes, in: &rows)
        return at + 1
    }

    /// Reads the `=` and the value of a label, and adds the label.
    private mutating func readOpenMetricsLabel(
        _ bytes: borrowing Span<UInt8>, _ start: Int, of name: ByteRange, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        let (value, next) = try readElementValue(bytes, start)
        guard !isMetricName(bytes, name) else { throw failure(.reservedLabelName, at: start) }
        rows.add(LabelRange(name: name, value: value))
        skeleton.add(name, value: start + 2..<next - 1)
        return next
    }
}
