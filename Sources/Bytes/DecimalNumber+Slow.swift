extension DecimalNumber {
    /// The numbers that are words, in letters of either case: infinity with or without a sign, NaN without.
    static func word(_ token: borrowing Span<UInt8>) -> Double? {
        guard token.count >= 3, token.count <= 9 else { return nil }
        switch text(token).lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        case "nan": return nan
        default: return nil
        }
    }

    /// A number of any length, rounded by the standard library once its form has been checked.
    static func longNumber(_ token: borrowing Span<UInt8>) -> Double? {
        guard hasDecimalForm(token), let value = Double(text(token)), value.isFinite else { return nil }
        return value
    }

    /// Whether the token is a sign or none, digits with a point or without, and an exponent or none.
    ///
    /// The standard library reads more than that (hexadecimal, `nan(1)`), and says infinity for what overflows.
    private static func hasDecimalForm(_ token: borrowing Span<UInt8>) -> Bool {
        var at = 0
        skipSign(token, &at)
        var digits = skipDigits(token, &at)
        if at < token.count, token[at] == UInt8(ascii: ".") {
            at += 1
            digits += skipDigits(token, &at)
        }
        guard digits > 0 else { return false }
        guard at < token.count else { return true }
        guard token[at] | 0x20 == UInt8(ascii: "e") else { return false }
        at += 1
        skipSign(token, &at)
        return skipDigits(token, &at) > 0 && at == token.count
    }

    private static func skipSign(_ token: borrowing Span<UInt8>, _ at: inout Int) {
        if at < token.count, token[at] == UInt8(ascii: "+") || token[at] == UInt8(ascii: "-") { at += 1 }
    }

    private static func skipDigits(_ token: borrowing Span<UInt8>, _ at: inout Int) -> Int {
        let start = at
        while at < token.count, token[at] &- 0x30 < 10 { at += 1 }
        return at - start
    }

    private static func text(_ token: borrowing Span<UInt8>) -> String {
        guard let text = try? UTF8Span(validating: copy token) else { return "" }
        return String(copying: text)
    }
}
