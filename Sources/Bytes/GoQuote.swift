/// Quotes bytes as Go's `%q` does, in which the Pushgateway writes its error messages.
public enum GoQuote {
    /// The bytes in double quotes, as `strconv.Quote` writes them: a byte that is no UTF-8 becomes `\xff`.
    public static func string(_ bytes: some Collection<UInt8>) -> String {
        var quoted = "\""
        var rest = bytes[...]
        while let first = rest.first {
            guard let scalar = firstScalar(rest) else {
                quoted += "\\x" + hex(UInt32(first), digits: 2)
                rest = rest.dropFirst()
                continue
            }
            quoted += escaped(scalar, quote: "\"")
            rest = rest.dropFirst(UTF8.width(scalar))
        }
        return quoted + "\""
    }

    /// A byte in single quotes, as `strconv.QuoteRune` writes the character of that number.
    public static func character(_ byte: UInt8) -> String {
        "'" + escaped(Unicode.Scalar(byte), quote: "'") + "'"
    }

    /// The scalar that the bytes begin with, or nil where they begin with no valid UTF-8.
    private static func firstScalar(_ bytes: some Collection<UInt8>) -> Unicode.Scalar? {
        var decoder = UTF8()
        var iterator = bytes.prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return scalar
    }

    private static func escaped(_ scalar: Unicode.Scalar, quote: Unicode.Scalar) -> String {
        switch scalar {
        case quote, "\\": "\\\(scalar)"
        case "\u{7}": "\\a"
        case "\u{8}": "\\b"
        case "\u{c}": "\\f"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{b}": "\\v"
        case _ where isPrintable(scalar): String(scalar)
        case "\0"..<" ", "\u{7f}": "\\x" + hex(scalar.value, digits: 2)
        case "\u{80}"..<"\u{10000}": "\\u" + hex(scalar.value, digits: 4)
        default: "\\U" + hex(scalar.value, digits: 8)
        }
    }

    /// Go's `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols and the blank.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
