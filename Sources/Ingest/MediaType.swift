/// A media type as a header gives it: `type/subtype; name=value; name="quoted value"` (RFC 9110, 8.3.1).
struct MediaType: Equatable {
    /// `type/subtype` in lower case.
    let essence: String
    /// The parameters, their names in lower case; of two with the same name the first counts.
    let parameters: [String: String]

    /// Reads what there is of it: whatever is broken ends it.
    init(_ text: String) {
        var parts = Self.split(text)[...]
        essence = Self.trim(parts.popFirst() ?? "").lowercased()
        var parameters: [String: String] = [:]
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            let name = Self.trim(halves[0]).lowercased()
            if parameters[name] == nil { parameters[name] = Self.unquote(Self.trim(halves[1])) }
        }
        self.parameters = parameters
    }

    /// The parts between semicolons that are not in quotes; a comma begins another header's value, and ends this one.
    private static func split(_ text: String) -> [Substring] {
        var parts: [Substring] = []
        var (isQuoted, isEscaped) = (false, false)
        var start = text.startIndex
        for index in text.indices {
            switch text[index] {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case ";" where !isQuoted:
                parts.append(text[start..<index])
                start = text.index(after: index)
            case "," where !isQuoted: return parts + [text[start..<index]]
            default: break
            }
        }
        return parts + [text[start...]]
    }

    private static func unquote(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        var (value, isEscaped) = ("", false)
        for character in text.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                value.append(character)
                isEscaped = false
            }
        }
        return value
    }

    private static func trim(_ text: Substring) -> Substring { text.trimming { $0 == " " || $0 == "\t" } }
}

extension Substring {
    /// The text without such characters at its beginning and its end.
    func trimming(while isLeftOut: (Character) -> Bool) -> Substring {
        var text = drop(while: isLeftOut)
        while let last = text.last, isLeftOut(last) { text.removeLast() }
        return text
    }
}
