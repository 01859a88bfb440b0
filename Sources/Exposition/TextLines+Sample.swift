internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a sample that begins with a plain metric name.
    mutating func readSample(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        guard Byte.beginsMetricName(bytes[start]) else { throw failure(.invalidMetricName, at: start) }
        let nameEnd = BlockScanner.nameEnd(bytes, from: start)
        settleName(bytes, ByteRange(offset: start, count: nameEnd - start))
        return try readLabelsAndValue(bytes, skipBlanks(bytes, nameEnd), into: &rows)
    }

    /// Reads `"name"` with what follows; the quote has been read.
    mutating func readQuotedSample(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        let (text, next) = try readQuotedName(bytes, start, orElse: .invalidMetricName)
        settleName(bytes, text)
        return try readLabelsAndValue(bytes, skipBlanks(bytes, next), into: &rows)
    }

    private mutating func readLabelsAndValue(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var at = start
        if bytes[start] == Byte.openingBrace {
            at = skipBlanks(bytes, try readLabels(bytes, start + 1, into: &rows))
        }
        skeleton.finish(at: at, isBehindBlank: at > 0 && Byte.isBlank(bytes[at - 1]))
        return try readValue(bytes, at, into: &rows)
    }

    /// Makes a name the current one, and untyped the family that no TYPE has come for.
    mutating func settleName(_ bytes: borrowing Span<UInt8>, _ text: ByteRange) {
        let index = resolve(bytes, text)
        let known = families.names[index]
        let type = families.families[known.family].type ?? .unknown
        families.families[known.family].type = type
        var name = SampleName(text: known.text, family: known.family, role: known.role)
        name.bound = SampleName.Bound(type)
        name.isHistogram = dialect == .prometheus && name.bound == .le
        skeleton.name = name
    }

    /// The index of a name in the table of families.
    mutating func resolve(_ bytes: borrowing Span<UInt8>, _ text: ByteRange) -> Int {
        guard Int(text.offset) >= spillStart else { return families.resolve(bytes, text.indices, text: text) }
        let name = self.text(bytes, text)
        return families.resolve(name.span, name.indices, text: text)
    }
}
