internal import Samples

/// The label names of a metric in protobuf, which the next ones nearly always have too.
///
/// They are valid, and no name is there twice; so are the first of them in a metric that has fewer.
struct LabelNames: Sendable {
    /// A name.
    struct Name: Sendable {
        /// Where it stood first.
        var text = ByteRange.none
        /// The bytes of a `LabelPair` up to the length of its value, where they are the usual ones: the tag of the
        /// name, its length in one byte, the name, the tag of the value.
        var head = ByteRange.none
    }

    private(set) var names: [Name] = []
    /// The place of the name `le`, and of `quantile`; beyond all others where there is none.
    private(set) var le = Int.max
    private(set) var quantile = Int.max

    /// Forgets the names.
    mutating func removeAll() {
        names.removeAll(keepingCapacity: names.capacity <= 1 << 10)
        le = .max
        quantile = .max
    }

    /// Adds a name behind the others.
    mutating func append(_ bytes: borrowing Span<UInt8>, _ text: ByteRange) {
        if isText(bytes, text, "le") { le = names.count }
        if isText(bytes, text, "quantile") { quantile = names.count }
        names.append(Name(text: text, head: head(bytes, text)))
    }

    private func head(_ bytes: borrowing Span<UInt8>, _ text: ByteRange) -> ByteRange {
        let (start, end) = (Int(text.offset), text.indices.upperBound)
        guard start >= 2, end < bytes.count, text.count < 0x80 else { return .none }
        // Whatever they were there for: where the same bytes begin a label, they mean a name and that a value follows.
        guard bytes[start - 2] == 0x0a, bytes[start - 1] == UInt8(text.count), bytes[end] == 0x12 else { return .none }
        return ByteRange(start - 2..<end + 1)
    }

    /// Whether a text is this word.
    func isText(_ bytes: borrowing Span<UInt8>, _ text: ByteRange, _ word: String) -> Bool {
        Int(text.count) == word.utf8.count && zip(text.indices, word.utf8).allSatisfy { bytes[$0] == $1 }
    }
}
