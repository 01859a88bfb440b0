import Bytes
import Samples

/// The raw path behind `metrics/`, taken apart: `job/<JOB>{/<LABEL>/<VALUE>}` (contract G1–G8).
struct GroupingPath {
    /// The value of a name and how it is written.
    private struct Pair {
        var name: ArraySlice<UInt8>
        var value: ArraySlice<UInt8>
    }

    private let job: Pair
    private let labels: [Pair]

    /// Splits the raw path on slashes, before anything is decoded (contract G1, G3, G4, G8).
    init(_ path: [UInt8]) throws(PushError) {
        let components = path.split(separator: .slash, omittingEmptySubsequences: false)
        guard components.count >= 2, !components[1].isEmpty else { throw .jobRequired }
        var rest = components.dropFirst(2)
        guard !rest.dropLast().contains(where: \.isEmpty) else { throw .emptyComponent }
        // A slash after a complete pair; after a name it would be the empty value.
        if !rest.count.isMultiple(of: 2), rest.last?.isEmpty == true { rest.removeLast() }
        guard rest.count.isMultiple(of: 2) else {
            throw .oddComponents("/" + rest.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/"))
        }
        job = Pair(name: components[0], value: components[1])
        labels = stride(from: rest.startIndex, to: rest.endIndex, by: 2).map {
            Pair(name: rest[$0], value: rest[$0 + 1])
        }
    }

    /// Whether a raw path begins with the component `job` or `job@base64`, so that it is a push at all.
    static func beginsWithJob(_ path: ArraySlice<UInt8>) -> Bool {
        guard let name = PercentEncoding.decode(Array(path.prefix { $0 != .slash })) else { return false }
        return name.elementsEqual("job".utf8) || name.elementsEqual("job@base64".utf8)
    }

    /// Decodes names and values (contract G1, G2, G5–G8).
    func decode() throws(PushError) -> Grouping {
        var decoded: [Grouping.Label] = []
        decoded.reserveCapacity(labels.count)
        for label in labels {
            let (name, isBase64) = try Self.name(label.name)
            let value = try Self.value(label.value, of: name, isBase64: isBase64)
            decoded.append(.init(name: name, value: value))
        }
        let (_, isBase64) = try Self.name(job.name)
        let value = try Self.value(job.value, of: nil, isBase64: isBase64)
        guard !value.isEmpty else { throw .jobRequired }
        return Grouping(job: value, labels: decoded)
    }

    /// A label's name, and whether its value is base64.
    private static func name(_ raw: ArraySlice<UInt8>) throws(PushError) -> (name: [UInt8], isBase64: Bool) {
        var name = try percentDecoded(raw)
        let suffix = Array("@base64".utf8)
        let isBase64 = name.count >= suffix.count && name.suffix(suffix.count).elementsEqual(suffix)
        if isBase64 { name.removeLast(suffix.count) }
        guard isText(name, raw: raw) else { throw .improperLabelName(name) }
        name = EscapedName.decode(name)
        guard !name.isEmpty, !name.starts(with: "__".utf8) else { throw .improperLabelName(name) }
        return (name, isBase64)
    }

    /// A label's value; the label nil is the job of the first component.
    private static func value(
        _ raw: ArraySlice<UInt8>, of label: [UInt8]?, isBase64: Bool
    ) throws(PushError) -> [UInt8] {
        var value = try percentDecoded(raw)
        guard isText(value, raw: raw) else { throw .invalidUTF8(label: label) }
        if isBase64 {
            guard let decoded = Base64.decode(value) else { throw .invalidBase64(label: label, value: value) }
            value = decoded
            guard isText(value, raw: []) else { throw .invalidUTF8(label: label) }
        }
        return value
    }

    private static func percentDecoded(_ raw: ArraySlice<UInt8>) throws(PushError) -> [UInt8] {
        guard raw.contains(UInt8(ascii: "%")) else { return Array(raw) }
        guard let decoded = PercentEncoding.decode(Array(raw)) else { throw .malformedEscape(Array(raw)) }
        return decoded
    }

    /// Whether the bytes are valid UTF-8 and were so in the request.
    ///
    /// The HTTP decoder has put U+FFFD in the place of bytes that were not; a U+FFFD that is meant is percent-encoded.
    private static func isText(_ bytes: [UInt8], raw: ArraySlice<UInt8>) -> Bool {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return true }
        return UTF8Validation.isValid(bytes) && !raw.containsReplacementCharacter
    }
}

extension ArraySlice<UInt8> {
    fileprivate var containsReplacementCharacter: Bool {
        indices.contains { self[$0] == 0xEF && self[$0...].starts(with: [0xEF, 0xBF, 0xBD]) }
    }
}
