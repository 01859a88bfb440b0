internal import Bytes
internal import Samples

extension TextLines {
    /// Reads the labels of a sample whose name is known, behind the opening brace; returns the index behind the other.
    mutating func readLabels(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        do throws(ExpositionError) {
            let next = try readLabelList(bytes, start, into: &rows)
            try checkDuplicates(bytes, in: &rows)
            return next
        } catch {
            // The Pushgateway looks for duplicates at every name: they come before what is wrong behind it.
            try checkDuplicates(bytes, in: &rows)
            throw error
        }
    }

    private mutating func readLabelList(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var at = skipBlanks(bytes, start)
        while bytes[at] != Byte.closingBrace {
            let name: ByteRange
            (name, at) = try readLabelName(bytes, at)
            let value: ByteRange
            (value, at) = try readLabelValue(bytes, at, of: name, into: &rows)
            if isBound(bytes, name) {
                skeleton.bound = rows.labelCount - 1 - rows.firstLabel
                try readBound(bytes, value, of: rows.labelCount - 1, in: &rows)
            }
            at = try readSeparator(bytes, at, after: value)
            if bytes[at] == Byte.comma { at = skipBlanks(bytes, at + 1) }
        }
        return at + 1
    }

    /// Reads a label's name up to its `=`.
    private mutating func readLabelName(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (name: ByteRange, next: Int) {
        let isQuoted = bytes[start] == Byte.quote
        let name: ByteRange
        var at: Int
        if isQuoted {
            (name, at) = try readQuotedName(bytes, start + 1, orElse: .invalidLabelName(family: familyName))
        } else {
            at = labelNameEnd(bytes, start)
            guard at > start else { throw failure(.invalidLabelName(family: familyName), at: start) }
            name = ByteRange(offset: start, count: at - start)
        }
        at = skipBlanks(bytes, at)
        guard bytes[at] == Byte.equals else {
            throw failure(isQuoted ? .invalidLabelName(family: familyName) : .missingEquals(bytes[at]), at: at)
        }
        guard !isMetricName(bytes, name) else { throw failure(.reservedLabelName, at: at) }
        return (name, at + 1)
    }

    /// Reads a label's value with its quotes, and adds the label; the name and the `=` have been read.
    mutating func readLabelValue(
        _ bytes: borrowing Span<UInt8>, _ start: Int, of name: ByteRange, into rows: inout SampleRows
    ) throws(ExpositionError) -> (value: ByteRange, next: Int) {
        // It counts among the names from here on, whatever becomes of its value.
        rows.add(LabelRange(name: name, value: .none))
        let at = skipBlanks(bytes, start)
        guard bytes[at] == Byte.quote else { throw failure(.missingQuote(bytes[at]), at: at) }
        let (value, end) = try readText(bytes, at + 1)
        guard bytes[end] == Byte.quote else { throw failure(.newlineInLabelValue(token(bytes, value)), at: end) }
        guard isValid(bytes, value) else { throw failure(.invalidLabelValue(token(bytes, value)), at: end) }
        rows.setValue(value, ofLabel: rows.labelCount - 1)
        skeleton.add(name, value: at + 1..<end)
        return (value, end + 1)
    }

    /// The index of the comma or brace that follows a label's value after blanks.
    mutating func readSeparator(
        _ bytes: borrowing Span<UInt8>, _ start: Int, after value: ByteRange
    ) throws(ExpositionError) -> Int {
        let at = skipBlanks(bytes, start)
        guard bytes[at] != Byte.comma, bytes[at] != Byte.closingBrace else { return at }
        throw failure(.unexpectedEndOfLabelValue(token(bytes, value)), at: at)
    }

    /// Where the plain label name that begins at `start` ends; at `start` if none does.
    func labelNameEnd(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
        guard Byte.beginsLabelName(bytes[start]) else { return start }
        let end = BlockScanner.nameEnd(bytes, from: start)
        var at = start
        while at < end, bytes[at] != Byte.colon { at &+= 1 }
        return at
    }

    /// Whether a label is called `__name__`, which is where the metric name is.
    mutating func isMetricName(_ bytes: borrowing Span<UInt8>, _ name: ByteRange) -> Bool {
        name.count == 8 && isText(bytes, name, "__name__")
    }
}
