/// Why a remote-write request was not read.
public indirect enum ReadError: Error, Equatable, Sendable {
    /// The bytes end within a field, or a length points past the end of its message; offsets count from the first byte.
    case truncated(offset: Int)
    /// A varint has more than ten bytes, or more than 64 bits.
    case varintTooLong(offset: Int)
    /// A tag has field number 0 or a wire type that proto3 does not use.
    case invalidTag(offset: Int)
    /// A field of the schema has another wire type than its own.
    case wrongWireType(field: String, offset: Int)
    /// A string is not UTF-8.
    case invalidUTF8(field: String, offset: Int)

    /// A version 2 request has no symbols, or the first is not the empty string.
    case firstSymbolNotEmpty
    /// A symbol stands in the table twice.
    case duplicateSymbol(String)
    /// A reference points past the symbols.
    case referenceOutOfRange(UInt64, symbols: Int)
    /// Labels come as an odd number of references.
    case oddReferences(Int)

    /// A series has no label `__name__`.
    case missingName
    /// A label's name is empty.
    case emptyLabelName
    /// A label's value is empty.
    case emptyLabelValue(name: String)
    /// A label's name occurs twice.
    case duplicateLabel(name: String)
    /// A label stands behind one whose name sorts after its own.
    case unsortedLabel(name: String, after: String)

    /// A version 2 series has neither samples nor histograms.
    case noSamples
    /// A version 2 series has samples and histograms.
    case samplesAndHistograms
    /// A sample or histogram is older than the one before it.
    case outOfOrder(timestamp: Int64, after: Int64)
    /// Two samples have the same time and different values.
    case conflictingSamples(timestamp: Int64)

    /// One of the above in a series; `index` counts from 0, `labels` are those that could be read, shortened.
    case series(index: Int, labels: String, ReadError)
}

extension ReadError: CustomStringConvertible {
    /// What is wrong and where, in one line.
    public var description: String {
        switch self {
        case .series(let index, let labels, let error): "series \(index) \(labels): \(error)"
        case .truncated(let offset): "truncated: a field at byte \(offset) reaches past the end of its message"
        case .varintTooLong(let offset): "varint at byte \(offset) has more than 64 bits"
        case .invalidTag(let offset): "invalid tag at byte \(offset)"
        case .wrongWireType(let field, let offset): "wrong wire type of \(field) at byte \(offset)"
        case .invalidUTF8(let field, let offset): "\(field) at byte \(offset) is not valid UTF-8"
        case .firstSymbolNotEmpty: "symbols must begin with the empty string"
        case .duplicateSymbol(let symbol): "symbol \(symbol.quoted) occurs twice"
        case .referenceOutOfRange(let reference, let count): "reference \(reference) points past the \(count) symbols"
        case .oddReferences(let count): "labels_refs has an odd number of references: \(count)"
        case .missingName: "label __name__ is missing"
        case .emptyLabelName: "a label has an empty name"
        case .emptyLabelValue(let name): "label \(name.quoted) has an empty value"
        case .duplicateLabel(let name): "label \(name.quoted) occurs twice"
        case .unsortedLabel(let name, let after): "labels are not sorted: \(name.quoted) stands after \(after.quoted)"
        case .noSamples: "neither samples nor histograms"
        case .samplesAndHistograms: "both samples and histograms"
        case .outOfOrder(let timestamp, let after): "out of order: timestamp \(timestamp) stands after \(after)"
        case .conflictingSamples(let timestamp): "samples of different values at the same timestamp \(timestamp)"
        }
    }
}

extension String {
    /// The text in quotes, escaped as in exposition text, shortened.
    fileprivate var quoted: String {
        var text = ExpositionText(upTo: 100)
        text.append(quoted: self)
        return text.shortened
    }
}
