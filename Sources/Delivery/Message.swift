/// What foreign text becomes before it is shown: a destination's words are not ours to trust.
enum Message {
    /// The beginning of a text, at most `limit` bytes, without control characters and blanks at its ends.
    static func excerpt(_ text: String, limit: Int = 512) -> String {
        var kept = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars {
            let shown: Unicode.Scalar = isControl(scalar) ? " " : scalar
            bytes += UTF8.width(shown)
            if bytes > limit { break }
            kept.append(shown)
        }
        return String(trimmed(Substring(String(kept))))
    }

    /// One line of visible ASCII, fit for a header's value.
    static func line(_ text: String, limit: Int = 200) -> String {
        let ascii = text.unicodeScalars.lazy.map { scalar -> Character in
            isControl(scalar) ? " " : scalar.isASCII ? Character(scalar) : "?"
        }
        return String(trimmed(Substring(String(ascii.prefix(limit)))))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
