internal import Bytes
internal import Samples

/// The labels of metrics and of exemplars.
enum ProtobufLabel {
    /// Reads a `LabelPair`; its name is not empty, and both texts are valid UTF-8.
    static func read(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) -> LabelRange {
        var (name, value) = (0..<0, 0..<0)
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x0a: name = try reader.run(bytes)
            case 0x12: value = try reader.run(bytes)
            case let tag: try reader.skip(bytes, tag, in: .labelPair)
            }
        }
        guard !name.isEmpty, UTF8Validation.isValid(bytes, name) else {
            throw .invalidLabelName(ProtobufMessages.token(bytes, name))
        }
        guard UTF8Validation.isValid(bytes, value) else {
            throw .invalidLabelValue(ProtobufMessages.token(bytes, value))
        }
        return LabelRange(name: ByteRange(name), value: ByteRange(value))
    }

    /// Refuses names that are there twice.
    static func checkDuplicates(
        _ bytes: borrowing Span<UInt8>, _ names: [LabelNames.Name]
    ) throws(ProtobufError.Problem) {
        guard names.count > 16 else {
            for (index, name) in names.enumerated() {
                for other in 0..<index { try check(bytes, name.text, isNot: names[other].text) }
            }
            return
        }
        // Numbers that must not be squared.
        let names = names.map(\.text).sorted { $0.precedes($1, in: bytes) }
        for (name, next) in zip(names, names.dropFirst()) { try check(bytes, next, isNot: name) }
    }

    private static func check(
        _ bytes: borrowing Span<UInt8>, _ name: ByteRange, isNot other: ByteRange
    ) throws(ProtobufError.Problem) {
        guard BlockScanner.areEqual(bytes, name.indices, bytes, other.indices) else { return }
        throw .duplicateLabel(ProtobufMessages.token(bytes, name.indices))
    }
}

extension ByteRange {
    /// The bytes of a range of indices.
    @inline(__always)
    init(_ range: Range<Int>) { self.init(offset: range.lowerBound, count: range.upperBound &- range.lowerBound) }

    /// Whether its text stands before another one by the values of the bytes.
    func precedes(_ other: ByteRange, in bytes: borrowing Span<UInt8>) -> Bool {
        for (index, otherIndex) in zip(indices, other.indices) where bytes[index] != bytes[otherIndex] {
            return bytes[index] < bytes[otherIndex]
        }
        return count < other.count
    }
}
