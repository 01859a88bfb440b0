internal import Bytes
internal import Samples

extension TextLines {
    /// Reads the labels of an exemplar behind their opening brace, sorts them, and leaves those out that have no value.
    mutating func readExemplarLabels(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (labels: Range<Int>, next: Int) {
        let first = exemplars.labels.count
        var hasEmpty = false
        var at = start
        while bytes[at] != Byte.closingBrace {
            let (name, nameEnd) = try readElementName(bytes, at, acrossLines: false)
            let (value, next) = try readElementValue(bytes, nameEnd)
            guard !hasNull(bytes, nameEnd..<next) else { throw failure(.invalidLabelValue(token(bytes, value))) }
            exemplars.labels.append(LabelRange(name: name, value: value))
            if value.count == 0 { hasEmpty = true }
            at = try readComma(bytes, next)
        }
        sort(from: first, bytes)
        for index in exemplars.labels.indices.dropFirst(first + 1) {
            let (name, other) = (exemplars.labels[index].name, exemplars.labels[index - 1].name)
            guard !isSameText(bytes, name, other) else { throw failure(.duplicateExemplarLabel(token(bytes, name))) }
        }
        if hasEmpty {
            let labels = exemplars.labels[first...].filter { $0.value.count > 0 }
            exemplars.labels.replaceSubrange(first..., with: labels)
        }
        return (first..<exemplars.labels.count, at + 1)
    }

    /// Sorts the labels from an index on by the bytes of their names.
    private mutating func sort(from first: Int, _ bytes: borrowing Span<UInt8>) {
        guard exemplars.labels.count - first <= 16 else {
            // Numbers that must not be squared.
            let labels = exemplars.labels[first...].map { (name: text(bytes, $0.name), label: $0) }
                .sorted { $0.name.lexicographicallyPrecedes($1.name) }
            exemplars.labels.replaceSubrange(first..., with: labels.map(\.label))
            return
        }
        for index in exemplars.labels.indices.dropFirst(first + 1) {
            var place = index
            while place > first, isBefore(bytes, exemplars.labels[place].name, exemplars.labels[place - 1].name) {
                exemplars.labels.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    /// Whether a text's bytes sort before another's.
    private mutating func isBefore(_ bytes: borrowing Span<UInt8>, _ first: ByteRange, _ second: ByteRange) -> Bool {
        guard max(first.indices.upperBound, second.indices.upperBound) <= spillStart else {
            return text(bytes, first).lexicographicallyPrecedes(text(bytes, second))
        }
        for (one, other) in zip(first.indices, second.indices) where bytes[one] != bytes[other] {
            return bytes[one] < bytes[other]
        }
        return first.count < second.count
    }
}
