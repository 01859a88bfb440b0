/// Text that becomes a part of a page, whoever wrote it.
enum HTML {
    /// The text for a page: at most so many bytes of it, what means something to a browser as entities, and what is not to be
    /// seen or turns the direction of others as an escape that is.
    ///
    /// - Parameter limit: of the bytes that come out, an ellipsis besides.
    static func text(_ text: String, limit: Int = 120) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let shown = escape(scalar)
            count += shown.utf8.count
            guard count <= limit else { return result + "…" }
            result += shown
        }
        return result
    }

    /// The beginning of a text, at most so many bytes of it and an ellipsis; still to be escaped.
    static func clip(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= limit else { break }
            result.unicodeScalars.append(scalar)
        }
        return result + "…"
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where isInvisible(scalar): "\\u{" + String(scalar.value, radix: 16) + "}"
        default: String(scalar)
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x7F || scalar.value < 0x20 else { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
        default: return false
        }
    }
}
