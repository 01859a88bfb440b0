internal import Bytes
internal import Samples

/// The lines of OpenMetrics that begin with `# `: HELP, TYPE, UNIT and EOF.
extension TextLines {
    /// Reads such a line.
    mutating func readMetadata(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(ExpositionError) -> Int {
        guard bytes[start + 1] == Byte.blank else {
            throw failure(.unexpected(bytes[start + 1], expected: "one blank behind '#'"), at: start + 1)
        }
        let at = start + 2
        if isWord(bytes, at, "EOF") { return try readEOF(bytes, at + 3) }
        guard let keyword = ["HELP ", "TYPE ", "UNIT "].first(where: { isWord(bytes, at, $0) }) else {
            let rest = at..<BlockScanner.find(Byte.lineFeed, in: bytes, from: at)
            let expected = "HELP, TYPE, UNIT or EOF behind \"# \""
            throw failure(.unreadable(token(bytes, rest), expected: expected), at: rest.upperBound)
        }
        let (name, written, nameEnd) = try readFamilyName(bytes, at + 5)
        guard bytes[nameEnd] == Byte.blank else {
            throw failure(.unexpected(bytes[nameEnd], expected: "one blank and a text behind the name"), at: nameEnd)
        }
        let text = nameEnd + 1..<BlockScanner.find(Byte.lineFeed, in: bytes, from: nameEnd + 1)
        let family = describeFamily(bytes, name)
        switch keyword {
        case "HELP ": try setHelp(bytes, text, of: family)
        case "TYPE ": try setType(bytes, text, of: family)
        default: try setUnit(bytes, text, of: family, written: written)
        }
        return text.upperBound + 1
    }

    /// Reads `EOF`, behind which nothing may stand but a line feed.
    private mutating func readEOF(_ bytes: borrowing Span<UInt8>, _ start: Int) throws(ExpositionError) -> Int {
        let next = isLineFeed(bytes, start) ? start + 1 : start
        guard next == end else { throw failure(.dataBehindEOF) }
        isEnded = true
        return next
    }

    /// Refuses a body of OpenMetrics that has ended without `# EOF`.
    mutating func checkEnd(_ bytes: borrowing Span<UInt8>) throws(ExpositionError) {
        guard dialect == .openMetrics, !isEnded else { return }
        if end == 0 || bytes[end - 1] == Byte.lineFeed { line += 1 }
        throw failure(.missingEOF)
    }

    /// Reads the name of a family; `written` is the name as it stands there, without its quotes.
    private mutating func readFamilyName(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (name: ByteRange, written: Range<Int>, next: Int) {
        if bytes[start] == Byte.quote {
            let (name, next) = try readNameInQuotes(bytes, start + 1, acrossLines: true)
            return (name, start + 1..<next - 1, next)
        }
        guard Byte.beginsMetricName(bytes[start]) else { throw failure(.invalidMetricNameInComment, at: start) }
        let end = BlockScanner.nameEnd(bytes, from: start)
        return (ByteRange(offset: start, count: end - start), start..<end, end)
    }

    /// The family of just this name, which comments speak of.
    private mutating func describeFamily(_ bytes: borrowing Span<UInt8>, _ name: ByteRange) -> Int {
        let index = resolve(bytes, name)
        if families.names[index].role != .own { forgetSkeletons() }
        let family = families.claim(index)
        families.setDescribed(family)
        return family
    }

    private mutating func setHelp(
        _ bytes: borrowing Span<UInt8>, _ text: Range<Int>, of family: Int
    ) throws(ExpositionError) {
        let help = unescaped(bytes, text)
        guard isValid(bytes, help) else {
            throw failure(.unreadable(token(bytes, help), expected: "UTF-8 as help text"), at: text.upperBound)
        }
        families.families[family].help = help
    }

    /// Sets the type, or another one: samples behind it are of that type.
    private mutating func setType(
        _ bytes: borrowing Span<UInt8>, _ text: Range<Int>, of family: Int
    ) throws(ExpositionError) {
        let isShort = text.count <= 15
        guard isShort, let type = MetricType(openMetrics: String(decoding: token(bytes, text), as: UTF8.self)) else {
            throw failure(.unknownType(token(bytes, text)), at: text.upperBound)
        }
        families.families[family].type = type
        families.adopt(into: family)
        // Lines that look like earlier ones may now mean something else.
        forgetSkeletons()
    }

    /// Sets the unit, which the name must end with, behind an underscore.
    private mutating func setUnit(
        _ bytes: borrowing Span<UInt8>, _ text: Range<Int>, of family: Int, written name: Range<Int>
    ) throws(ExpositionError) {
        let suffix = name.suffix(text.count)
        let isSuffix = name.count > text.count && bytes[suffix.lowerBound - 1] == Byte.underscore
        guard text.isEmpty || isSuffix && BlockScanner.areEqual(bytes, suffix, bytes, text) else {
            throw failure(.invalidUnit(token(bytes, text), family: token(bytes, name)), at: text.upperBound)
        }
        families.families[family].unit = ByteRange(offset: text.lowerBound, count: text.count)
    }

    private mutating func isWord(_ bytes: borrowing Span<UInt8>, _ start: Int, _ word: String) -> Bool {
        zip(start..., word.utf8).allSatisfy { bytes[$0] == $1 }
    }
}
