/// Numbers as OpenMetrics writes the bounds of buckets and quantiles (contract B11).
///
/// The form is Prometheus 3's `FormatOpenMetricsFloat`: the shortest digits that read back as the same double, an
/// exponent of at least two digits below 1e-4 and from 1e6 on, and `.0` behind what would look like an integer.
public enum CanonicalNumber {
    /// The canonical text of a number.
    public static func text(_ value: Double) -> String {
        if value == 0 { return "0.0" }
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let (digits, exponent) = shortestDigits(value.magnitude)
        let sign = value < 0 ? "-" : ""
        guard (-4..<6).contains(exponent) else { return sign + scientific(digits, exponent) }
        return sign + positional(digits, exponent)
    }

    /// Whether a text is canonical as it stands, as far as that shows without computing; false says nothing.
    ///
    /// It shows in `+Inf`, and in up to 15 digits with a point among them, no idle zeros, and the value between 1e-4
    /// and 1e6: the forms that well-behaved pushers write.
    public static func isEvident(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        let text = bytes.extracting(range)
        guard text.count >= 3, text.count <= 16 else { return false }
        if text[0] == UInt8(ascii: "+") {
            return text.count == 4 && text[1] == UInt8(ascii: "I") && text[2] == UInt8(ascii: "n")
                && text[3] == UInt8(ascii: "f")
        }
        var point = -1
        for index in text.indices where text[index] &- 0x30 >= 10 {
            guard text[index] == UInt8(ascii: "."), point < 0 else { return false }
            point = index
        }
        guard point > 0, point <= 6, point < text.count - 1 else { return false }
        let isZeroFraction = point == text.count - 2 && text[point + 1] == UInt8(ascii: "0")
        guard text[0] != UInt8(ascii: "0") else { return point == 1 && !isZeroFraction && isFraction(text) }
        return isZeroFraction || text[text.count - 1] != UInt8(ascii: "0")
    }

    /// Whether what stands behind `0.` neither begins with four zeros nor ends with one.
    private static func isFraction(_ text: borrowing Span<UInt8>) -> Bool {
        guard text[text.count - 1] != UInt8(ascii: "0") else { return false }
        for index in 2..<min(6, text.count) where text[index] != UInt8(ascii: "0") { return index < 6 }
        return false
    }

    /// The shortest digits of a positive number, without idle zeros, and the power of ten of the first one.
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        // The standard library's digits are the shortest that read back the same; only their layout differs.
        let parts = value.description.utf8.split(separator: UInt8(ascii: "e"))
        let mantissa = Array(parts[0])
        let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
        let written = parts.count > 1 ? Int(Substring(parts[1])) ?? 0 : 0
        let all = mantissa.filter { $0 != UInt8(ascii: ".") }
        let zeros = all.prefix { $0 == UInt8(ascii: "0") }.count
        let last = all.lastIndex { $0 != UInt8(ascii: "0") } ?? zeros
        return (Array(all[zeros...last]), written + point - 1 - zeros)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        let rest = String(decoding: digits.dropFirst(), as: UTF8.self)
        let mantissa = String(decoding: digits.prefix(1), as: UTF8.self) + (rest.isEmpty ? "" : "." + rest)
        let power = String(exponent.magnitude)
        return mantissa + (exponent < 0 ? "e-" : "e+") + (power.count < 2 ? "0" : "") + power
    }

    private static func positional(_ digits: [UInt8], _ exponent: Int) -> String {
        let zero = UInt8(ascii: "0")
        var integer = Array(digits.prefix(max(0, exponent + 1)))
        integer += Array(repeating: zero, count: max(integer.isEmpty ? 1 : 0, exponent + 1 - integer.count))
        let leading = Array(repeating: zero, count: max(0, -exponent - 1))
        let fraction = leading + digits.dropFirst(max(0, exponent + 1))
        return String(decoding: integer + [UInt8(ascii: ".")] + (fraction.isEmpty ? [zero] : fraction), as: UTF8.self)
    }
}
