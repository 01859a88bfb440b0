/// A text in PEM (RFC 7468), as far as it takes to tell one that was meant from one that was not.
public struct PEM: Sendable {
    /// What stands between a line of BEGIN and its END.
    private struct Block: Sendable {
        var label: String
        /// Nil: no base64, or no END.
        var bytes: [UInt8]?
        /// It is encrypted in the way of OpenSSL, which headers tell.
        var isLocked: Bool
    }

    /// What is wrong with a private key.
    public enum KeyFlaw: Sendable, Equatable {
        /// There is none, or it is broken.
        case missing
        /// It has a pass phrase.
        case locked
    }

    private static let begin = Array("-----BEGIN ".utf8)
    private static let end = Array("-----END ".utf8)
    private static let dashes = Array("-----".utf8)
    private static let certificates: Set = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]
    private static let keys: Set = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"]

    private let blocks: [Block]

    /// Looks at a text; what stands outside of blocks is for people.
    public init(_ text: [UInt8]) {
        var blocks: [Block] = []
        // OpenSSL passes over a byte order mark, so there are files that begin with one.
        let text = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text[...]
        var lines = text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map(Array.init)[...]
        while let line = lines.popFirst() {
            guard line.starts(with: Self.begin) else { continue }
            let rest = line.dropFirst(Self.begin.count)
            let label = String(decoding: rest.prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
            let body = lines.prefix { !$0.starts(with: Self.dashes) }
            lines = lines.dropFirst(body.count)
            let isWhole = lines.first?.starts(with: Self.end + Array(label.utf8) + Self.dashes) ?? false
            blocks.append(Self.block(label, body, isWhole: isWhole))
        }
        self.blocks = blocks
    }

    private static func block(_ label: String, _ body: ArraySlice<[UInt8]>, isWhole: Bool) -> Block {
        let isHeader = { (line: [UInt8]) in line.contains(UInt8(ascii: ":")) }
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let text = body.filter { !isHeader($0) }.flatMap { $0.filter { !isBlank($0) } }
        return Block(
            label: label, bytes: isWhole ? Base64.decode(text) : nil,
            isLocked: body.contains { isHeader($0) && String(decoding: $0, as: UTF8.self).contains("ENCRYPTED") })
    }

    /// Whether there are certificates, and none of them is broken.
    public var holdsCertificates: Bool {
        let certificates = blocks.filter { Self.certificates.contains($0.label) }
        return !certificates.isEmpty && certificates.allSatisfy { $0.bytes.map(Self.isSequence) ?? false }
    }

    /// What is wrong with the first private key; nil: nothing that shows.
    public var keyFlaw: KeyFlaw? {
        guard let key = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else { return .missing }
        if key.isLocked || key.label == "ENCRYPTED PRIVATE KEY" { return .locked }
        guard Self.keys.contains(key.label), let bytes = key.bytes, Self.isSequence(bytes) else { return .missing }
        return nil
    }

    /// Whether bytes are as long as the ASN.1 sequence that they begin with says (X.690, 8.1.3), or longer: a trusted
    /// certificate has more behind it.
    private static func isSequence(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2, bytes[0] == 0x30 else { return false }
        guard bytes[1] >= 0x80 else { return bytes.count >= 2 + Int(bytes[1]) }
        let octets = Int(bytes[1] & 0x7F)
        guard (1...4).contains(octets), bytes.count > 2 + octets else { return false }
        let length = bytes[2..<2 + octets].reduce(0) { $0 << 8 | Int($1) }
        return bytes.count >= 2 + octets + length
    }
}
