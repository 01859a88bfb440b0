internal import Bytes
internal import Samples

extension ProtobufMessages {
    /// Reads a label behind its tag, and adds it; returns whether its name is the one that is known at this place.
    @inline(__always)
    mutating func readLabel(
        _ bytes: borrowing Span<UInt8>, _ reader: inout ProtobufReader, at place: Int, into rows: inout SampleRows
    ) throws(ProtobufError.Problem) -> Bool {
        let start = reader.at
        guard place < labels.names.count else { return try readAnyLabel(bytes, &reader, at: place, into: &rows) }
        let known = labels.names[place]
        let lengthAt = start &+ 1 &+ Int(known.head.count)
        guard known.head.count > 0, lengthAt < reader.end,
            BlockScanner.repeats(bytes, known.head.indices, at: start &+ 1)
        else { return try readAnyLabel(bytes, &reader, at: place, into: &rows) }
        let value = lengthAt &+ 1..<lengthAt &+ 1 &+ Int(bytes[lengthAt])
        // The label ends where its value does, and both lengths take a byte.
        guard max(bytes[start], bytes[lengthAt]) < 0x80, Int(bytes[start]) == value.upperBound &- start &- 1,
            value.upperBound <= reader.end, BlockScanner.isASCII(bytes, value)
        else { return try readAnyLabel(bytes, &reader, at: place, into: &rows) }
        rows.add(LabelRange(name: known.text, value: ByteRange(value)))
        reader.skip(to: value.upperBound)
        return true
    }

    @inline(never)
    private mutating func readAnyLabel(
        _ bytes: borrowing Span<UInt8>, _ reader: inout ProtobufReader, at place: Int, into rows: inout SampleRows
    ) throws(ProtobufError.Problem) -> Bool {
        var label = try ProtobufLabel.read(bytes, try reader.run(bytes))
        guard place < labels.names.count,
            BlockScanner.areEqual(bytes, label.name.indices, bytes, labels.names[place].text.indices)
        else {
            if labels.isText(bytes, label.name, "__name__") { throw .reservedLabelName }
            rows.add(label)
            return false
        }
        // Where names stand at the same place, whoever reads on need not compare them.
        label.name = labels.names[place].text
        rows.add(label)
        return true
    }

    /// Checks the names of the labels that have been added, which are not the known ones; they are from here on.
    @inline(never)
    mutating func learnLabels(
        _ bytes: borrowing Span<UInt8>, in rows: inout SampleRows
    ) throws(ProtobufError.Problem) {
        labels.removeAll()
        for index in rows.firstLabel..<rows.labelCount { labels.append(bytes, rows.label(at: index).name) }
        try ProtobufLabel.checkDuplicates(bytes, labels.names)
    }
}
