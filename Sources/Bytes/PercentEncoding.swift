/// Percent-encoding as it stands in a URL's path (RFC 3986): a plus sign is a plus sign.
public enum PercentEncoding {
    /// The bytes that the text stands for; nil where a `%` is not followed by two hexadecimal digits.
    public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - 97 + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - 65 + 10
        default: nil
        }
    }

    /// The text in which only letters, digits, `-._~` and these other characters stand for themselves.
    public static func encode(_ bytes: some Sequence<UInt8>, keeping others: String = "") -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                text.append(byte)
            case _ where "-._~".utf8.contains(byte) || others.utf8.contains(byte): text.append(byte)
            default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
