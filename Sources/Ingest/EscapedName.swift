/// Label names in Prometheus's `values` escaping scheme: `U__` before, `__` for `_`, `_<hex>_` for a code point.
enum EscapedName {
    /// The name that an escaped name stands for; one that is not escaped, or escaped wrongly, stands for itself.
    ///
    /// As Prometheus's `UnescapeName`, a code point has at most five hexadecimal digits.
    static func decode(_ name: [UInt8]) -> [UInt8] {
        guard name.starts(with: "U__".utf8) else { return name }
        var rest = name.dropFirst(3)
        var decoded: [UInt8] = []
        while let byte = rest.popFirst() {
            guard byte == underscore else {
                decoded.append(byte)
                continue
            }
            let digits = rest.prefix { $0 != underscore }
            rest = rest.dropFirst(digits.count)
            guard rest.popFirst() != nil else { return name }
            guard !digits.isEmpty else {
                decoded.append(underscore)
                continue
            }
            guard let scalar = scalar(digits) else { return name }
            decoded.append(contentsOf: Character(scalar).utf8)
        }
        return decoded
    }

    private static func scalar(_ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
        guard digits.count <= 5 else { return nil }
        var code: UInt32 = 0
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            code = code << 4 | UInt32(value)
        }
        return Unicode.Scalar(code)
    }

    private static let underscore = UInt8(ascii: "_")
}
