internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a line behind its `#`: HELP, TYPE or what is no concern of ours.
    @inline(never)
    mutating func readComment(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(ExpositionError) -> Int {
        let at = skipBlanks(bytes, start)
        let isType = hasKeyword(bytes, at, "TYPE")
        guard isType || hasKeyword(bytes, at, "HELP") else { return skipLine(bytes, at) }
        let nameStart = skipBlanks(bytes, at + 4)
        let (text, nameEnd) = try readCommentName(bytes, nameStart)
        // A line that ends here says nothing, and a blank is missing where it does not.
        if Byte.isBlank(bytes[nameEnd]) == false {
            guard let next = lineEnd(bytes, nameEnd) else { throw failure(.invalidMetricNameInComment, at: nameEnd) }
            return next
        }
        guard text.count > 0 else { throw failure(.invalidMetricNameInComment, at: nameEnd) }
        let family = families.names[resolve(bytes, text)].family
        let rest = skipBlanks(bytes, nameEnd)
        if let next = lineEnd(bytes, rest) { return next }
        return isType ? try readType(bytes, rest, of: family) : readHelp(bytes, rest, of: family)
    }

    /// Whether a keyword stands there, with something other than the line's end behind it.
    private func hasKeyword(_ bytes: borrowing Span<UInt8>, _ start: Int, _ keyword: String) -> Bool {
        guard start + keyword.utf8.count < bytes.count, Byte.isBlank(bytes[start + keyword.utf8.count]) else {
            return false
        }
        return zip(start..., keyword.utf8).allSatisfy { bytes[$0] == $1 }
    }

    /// Reads the name in a comment; it is empty where none begins.
    private mutating func readCommentName(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (ByteRange, Int) {
        if bytes[start] == Byte.quote {
            return try readQuotedName(bytes, start + 1, orElse: .invalidMetricNameInComment)
        }
        let end = Byte.beginsMetricName(bytes[start]) ? BlockScanner.nameEnd(bytes, from: start) : start
        return (ByteRange(offset: start, count: end - start), end)
    }

    private func skipLine(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
        BlockScanner.find(Byte.lineFeed, in: bytes, from: start) + 1
    }

    /// Reads the type of a family.
    private mutating func readType(
        _ bytes: borrowing Span<UInt8>, _ start: Int, of family: Int
    ) throws(ExpositionError) -> Int {
        guard families.families[family].type == nil else {
            skeleton.name.family = family
            throw failure(.secondType(family: familyName), at: start)
        }
        let end = BlockScanner.find(Byte.lineFeed, in: bytes, from: start)
        // The Pushgateway's parser drops backslashes here.
        let written = (start..<end).map { bytes[$0] }.filter { $0 != Byte.backslash }
        guard let type = metricType(written, hasCarriageReturn: end < self.end) else {
            throw failure(.unknownType(Array(written.prefix(ExpositionError.longestToken))), at: end)
        }
        families.families[family].type = type
        families.setDescribed(family)
        return end + 1
    }

    /// The type of this name in letters of either case, with blanks and a carriage return behind it or without.
    private func metricType(_ written: [UInt8], hasCarriageReturn: Bool) -> MetricType? {
        var token = written[...]
        if hasCarriageReturn, token.last == Byte.carriageReturn { token.removeLast() }
        while let last = token.last, Byte.isBlank(last) { token.removeLast() }
        guard token.count <= 15 else { return nil }
        switch String(decoding: token, as: UTF8.self).lowercased() {
        case "gauge_histogram": return .gaugeHistogram
        case "untyped": return .unknown
        case let word: return MetricType(openMetrics: word)
        }
    }
}
