extension LogLine {
    /// The line as a JSON object, without its end: `{"ts":"...","level":"info","msg":"server listens"}`.
    var json: String {
        var line = "{\"ts\":\"\(CivilTime.rfc3339(milliseconds: time))\",\"level\":\"\(level)\""
        line += ",\"msg\":\(message.quotedAsJSON)"
        for (key, value) in pairs { line += ",\(key.quotedAsJSON):\(value.json)" }
        return line + "}"
    }
}

extension LogLine.Value {
    fileprivate var json: String {
        switch self {
        case .text(let text): text.quotedAsJSON
        case .list(let values): "[\(values.map(\.json).joined(separator: ","))]"
        case .mapping(let pairs):
            "{\(pairs.map { "\($0.key.quotedAsJSON):\($0.value.json)" }.joined(separator: ","))}"
        }
    }
}

extension String {
    /// The text as a JSON string, which logfmt quotes like; in one line, whatever it holds.
    package var quotedAsJSON: String {
        var result = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
