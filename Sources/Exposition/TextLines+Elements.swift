internal import Bytes
internal import Samples

/// What stands in the braces of OpenMetrics, of a sample or of an exemplar.
extension TextLines {
    /// Reads the name of a label, or the name of a metric in quotes.
    ///
    /// As for the scrape parser, a name in quotes may hold a line feed, if it may go `acrossLines`.
    mutating func readElementName(
        _ bytes: borrowing Span<UInt8>, _ start: Int, acrossLines: Bool
    ) throws(ExpositionError) -> (name: ByteRange, next: Int) {
        if bytes[start] == Byte.quote { return try readNameInQuotes(bytes, start + 1, acrossLines: acrossLines) }
        let end = labelNameEnd(bytes, start)
        guard end > start else {
            throw failure(.unexpected(bytes[start], expected: "a label name"), at: start)
        }
        return (ByteRange(offset: start, count: end - start), end)
    }

    /// Reads a name behind its opening quote; `next` is behind the closing one.
    mutating func readNameInQuotes(
        _ bytes: borrowing Span<UInt8>, _ start: Int, acrossLines: Bool
    ) throws(ExpositionError) -> (name: ByteRange, next: Int) {
        let end = textEnd(bytes, start, acrossLines: acrossLines)
        guard bytes[end] == Byte.quote else {
            throw failure(.unreadable(token(bytes, start..<end), expected: "'\"' behind a name"), at: end)
        }
        let name = unescaped(bytes, start..<end)
        guard name.count > 0, isValid(bytes, name), !hasNull(bytes, start..<end) else {
            throw failure(.unreadable(token(bytes, name), expected: "a name in quotes"), at: end)
        }
        return (name, end + 1)
    }

    /// Reads `="value"`; `next` is behind the closing quote.
    mutating func readElementValue(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (value: ByteRange, next: Int) {
        guard bytes[start] == Byte.equals else { throw failure(.missingEquals(bytes[start]), at: start) }
        guard bytes[start + 1] == Byte.quote else { throw failure(.missingQuote(bytes[start + 1]), at: start + 1) }
        let end = textEnd(bytes, start + 2, acrossLines: false)
        let value = unescaped(bytes, start + 2..<end)
        guard bytes[end] == Byte.quote else { throw failure(.newlineInLabelValue(token(bytes, value)), at: end) }
        guard isValid(bytes, value) else { throw failure(.invalidLabelValue(token(bytes, value)), at: end) }
        return (value, end + 1)
    }

    /// Reads the comma behind an element, if there is one; else the closing brace must stand there.
    mutating func readComma(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(ExpositionError) -> Int {
        if bytes[start] == Byte.comma { return start + 1 }
        guard bytes[start] == Byte.closingBrace else {
            throw failure(.unexpected(bytes[start], expected: "',' or '}' behind a label"), at: start)
        }
        return start
    }

    /// Whether a null byte is there, which the scrape parser takes for the end anywhere but in label values and HELP.
    mutating func hasNull(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        BlockScanner.find(0, in: bytes.extracting(range), from: 0) < range.count
    }

    /// The index of the quote that ends a text, or of the line feed that must not stand in it.
    private mutating func textEnd(_ bytes: borrowing Span<UInt8>, _ start: Int, acrossLines: Bool) -> Int {
        var end = BlockScanner.quotedEnd(bytes, from: start)
        while bytes[end] != Byte.quote {
            if bytes[end] == Byte.backslash {
                guard bytes[end + 1] != Byte.lineFeed else { return end + 1 }
                end = BlockScanner.quotedEnd(bytes, from: end + 2)
            } else {
                guard acrossLines, end < self.end else { return end }
                line += 1
                end = BlockScanner.quotedEnd(bytes, from: end + 1)
            }
        }
        return end
    }
}
