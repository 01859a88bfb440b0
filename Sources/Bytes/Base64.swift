/// Base64 as pushers write label values: the standard or the URL-safe alphabet, padded or not (RFC 4648).
public enum Base64 {
    /// The bytes that the text stands for; nil where it is no base64.
    ///
    /// As in the Pushgateway, any number of `=` at the end is padding, so that `=` alone is the empty value (contract
    /// G2), bits of the last character that belong to no byte are ignored, and so are line breaks, with which the
    /// shell's `base64` wraps long values.
    public static func decode(_ text: [UInt8]) -> [UInt8]? {
        let isBreak: (UInt8) -> Bool = { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        return decode(joined: text.contains(where: isBreak) ? text.filter { !isBreak($0) } : text)
    }

    private static func decode(joined text: [UInt8]) -> [UInt8]? {
        let end = text.lastIndex { $0 != UInt8(ascii: "=") }.map { $0 + 1 } ?? 0
        guard end % 4 != 1 else { return nil }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(end * 3 / 4)
        var bits: UInt32 = 0
        var held = 0
        for character in text[..<end] {
            guard let sextet = sextet(character) else { return nil }
            bits = bits << 6 | sextet
            held += 6
            guard held >= 8 else { continue }
            held -= 8
            decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        }
        return decoded
    }

    private static func sextet(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 97 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) - 48 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// The text that stands for these bytes, in the standard alphabet, padded.
    public static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let isPadding = place > group.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 0x3F])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
