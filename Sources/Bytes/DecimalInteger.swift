/// Decimal integers as Go's `strconv.ParseInt` reads them: a sign or none, then digits, within 64 bits.
public enum DecimalInteger {
    /// The integer that the whole range is, or nil.
    public static func parse(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
        let token = bytes.extracting(range)
        let (value, end) = scan(token, from: 0)
        if end == token.count { return value }
        return longInteger(token)
    }

    /// Reads the integer that begins at `start`, and tells where it ends: `end` is -1 where only `parse` can tell.
    ///
    /// That is so for more than 18 digits, and for what is no integer. What stands behind it is for the caller to
    /// judge.
    public static func scan(_ bytes: borrowing Span<UInt8>, from start: Int) -> (value: Int64, end: Int) {
        var at = start
        var isNegative = false
        if at < bytes.count, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") {
            isNegative = bytes[at] == UInt8(ascii: "-")
            at &+= 1
        }
        var digits = Digits()
        at = at <= bytes.count &- Digits.reach ? digits.readQuickly(bytes, from: at) : digits.read(bytes, from: at)
        if at < bytes.count, bytes[at] &- 0x30 < 10 { at = digits.read(bytes, from: at) }
        guard digits.count > 0, digits.count <= 18 else { return (0, -1) }
        let value = Int64(truncatingIfNeeded: digits.value)
        return (isNegative ? 0 &- value : value, at)
    }

    /// Nineteen digits and more: leading zeros do not count, an overflow is nil.
    private static func longInteger(_ token: borrowing Span<UInt8>) -> Int64? {
        guard let first = token.isEmpty ? nil : token[0] else { return nil }
        let isNegative = first == UInt8(ascii: "-")
        let isSigned = isNegative || first == UInt8(ascii: "+")
        guard token.count > (isSigned ? 1 : 0) else { return nil }
        var value: Int64 = 0
        for index in (isSigned ? 1 : 0)..<token.count {
            let digit = token[index] &- 0x30
            guard digit < 10 else { return nil }
            let (tens, tooLarge) = value.multipliedReportingOverflow(by: 10)
            // Downwards for negative ones: the smallest has no positive counterpart.
            let (next, overflow) =
                isNegative
                ? tens.subtractingReportingOverflow(Int64(digit)) : tens.addingReportingOverflow(Int64(digit))
            guard !tooLarge, !overflow else { return nil }
            value = next
        }
        return value
    }
}
