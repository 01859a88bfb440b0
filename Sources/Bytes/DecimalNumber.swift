/// Decimal floating-point numbers as Go's `strconv.ParseFloat` reads them, rounded to the nearest double.
///
/// Refused as by the Pushgateway: hexadecimal, underscores, a signed NaN, anything behind the number, and what
/// overflows. What underflows is zero.
public enum DecimalNumber {
    /// The ordinary NaN, the only one that leaves (contract B9).
    public static let nan = Double(bitPattern: 0x7ff8_0000_0000_0001)

    /// The number that the whole range is, or nil.
    public static func parse(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Double? {
        let token = bytes.extracting(range)
        let (value, end) = scan(token, from: 0)
        if end == token.count { return value }
        return word(token) ?? longNumber(token)
    }

    /// Reads the number that begins at `start`, and tells where it ends: `end` is -1 where only `parse` can tell.
    ///
    /// That is so for words such as `NaN`, for more than 19 digits, for exponents far from zero, and for what is no
    /// number. What stands behind the number is for the caller to judge: `1x` ends at the `x`.
    public static func scan(_ bytes: borrowing Span<UInt8>, from start: Int) -> (value: Double, end: Int) {
        guard start >= 0, start < bytes.count else { return (0, -1) }
        let isNegative = bytes[start] == UInt8(ascii: "-")
        let isSigned = isNegative || bytes[start] == UInt8(ascii: "+")
        var digits = Digits()
        var exponent = 0
        let mantissaStart = isSigned ? start &+ 1 : start
        var at = readMantissa(bytes, from: mantissaStart, into: &digits, exponent: &exponent)
        guard digits.count > 0, digits.count <= 19 else { return (0, -1) }
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
            guard let written = readExponent(bytes, from: &at) else { return (0, -1) }
            exponent &+= written
        }
        guard let value = rounded(digits.value, exponent: exponent) else { return (0, -1) }
        return (isNegative ? -value : value, at)
    }

    /// Reads digits with a point among them or without; returns the index behind them.
    @inline(__always)
    private static func readMantissa(
        _ bytes: borrowing Span<UInt8>, from start: Int, into digits: inout Digits, exponent: inout Int
    ) -> Int {
        guard start <= bytes.count &- 2 &* Digits.reach else {
            return readMantissaSlowly(bytes, from: start, into: &digits, exponent: &exponent)
        }
        var at = digits.readQuickly(bytes, from: start)
        if bytes[at] == UInt8(ascii: ".") {
            let point = at &+ 1
            at = digits.readQuickly(bytes, from: point)
            exponent = point &- at
        }
        guard bytes[at] &- 0x30 < 10 else { return at }
        // More than the quick way reads at once.
        digits = Digits()
        return readMantissaSlowly(bytes, from: start, into: &digits, exponent: &exponent)
    }

    @inline(never)
    private static func readMantissaSlowly(
        _ bytes: borrowing Span<UInt8>, from start: Int, into digits: inout Digits, exponent: inout Int
    ) -> Int {
        var at = digits.read(bytes, from: start)
        guard at < bytes.count, bytes[at] == UInt8(ascii: ".") else { return at }
        let point = at + 1
        at = digits.read(bytes, from: point)
        exponent = point - at
        return at
    }

    /// The exponent behind the `e` at `at`, if it has one to four digits; moves `at` behind it.
    private static func readExponent(_ bytes: borrowing Span<UInt8>, from at: inout Int) -> Int? {
        var next = at &+ 1
        var isNegative = false
        if next < bytes.count, bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "+") {
            isNegative = bytes[next] == UInt8(ascii: "-")
            next &+= 1
        }
        var digits = Digits()
        next = digits.read(bytes, from: next)
        guard digits.count > 0, digits.count <= 4 else { return nil }
        at = next
        return isNegative ? -Int(digits.value) : Int(digits.value)
    }
}
