internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a line behind its `#`: HELP, TYPE or what is no concern of ours.
    @inline(never)
    mutating func readComment(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(ExpositionError) -> Int {
        let at = skipBlanks(bytes, start)
        // `TYPE` and `HELP`.
        let isType = hasKeyword(bytes, at, 0x5459_5045)
        guard isType || hasKeyword(bytes, at, 0x4845_4c50) else { return skipLine(bytes, at) }
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

    /// Whether a keyword of four letters stands there, with something other than the line's end behind it.
    private func hasKeyword(_ bytes: borrowing Span<UInt8>, _ start: Int, _ keyword: UInt32) -> Bool {
        guard start + 4 < bytes.count, Byte.isBlank(bytes[start + 4]) else { return false }
        let word = (start..<start + 4).reduce(0) { $0 << 8 | UInt32(bytes[$1]) }
        return word == keyword
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
        guard let type = metricType(bytes, start..<end) else {
            let written = withoutBackslashes(bytes, start..<end, upTo: ExpositionError.longestToken)
            throw failure(.unknownType(written), at: end)
        }
        families.families[family].type = type
        families.setDescribed(family)
        return end + 1
    }

    /// The beginning of a text without its backslashes: the Pushgateway's parser drops them in a type.
    private func withoutBackslashes(
        _ bytes: borrowing Span<UInt8>, _ text: Range<Int>, upTo limit: Int
    ) -> [UInt8] {
        var written: [UInt8] = []
        var at = text.lowerBound
        while at < text.upperBound, written.count < limit {
            if bytes[at] != Byte.backslash { written.append(bytes[at]) }
            at += 1
        }
        return written
    }

    /// The type of this name in letters of either case, with blanks and a carriage return behind it or without.
    private func metricType(_ bytes: borrowing Span<UInt8>, _ text: Range<Int>) -> MetricType? {
        var mayReturn = text.upperBound < end
        var last = text.upperBound
        while last > text.lowerBound {
            let byte = bytes[last - 1]
            if byte != Byte.backslash {
                guard Byte.isBlank(byte) || byte == Byte.carriageReturn && mayReturn else { break }
                mayReturn = false
            }
            last -= 1
        }
        let token = withoutBackslashes(bytes, text.lowerBound..<last, upTo: 16)
        guard token.count <= 15 else { return nil }
        switch String(decoding: token, as: UTF8.self).lowercased() {
        case "gauge_histogram": return .gaugeHistogram
        case "untyped": return .unknown
        case let word: return MetricType(openMetrics: word)
        }
    }
}
