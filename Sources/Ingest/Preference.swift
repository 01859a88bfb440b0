import NIOCore

/// When one push wishes to be answered, whatever the configuration says: `Prefer` (RFC 7240, contract A4).
enum Preference: Sendable, Equatable {
    /// As soon as it is queued.
    case respondAsync
    /// Once it is delivered, or after so many seconds; 0: as soon as it is queued.
    case wait(seconds: Int)

    /// The longest that a push can ask to wait, in seconds.
    static let longestWait = 60

    /// What a header prefers; nil where it prefers nothing that is known.
    ///
    /// Of a preference that is given more than once the first counts, even if that is malformed (RFC 7240, section 2).
    init?(_ header: String?) {
        guard let header else { return nil }
        var values: [String: String] = [:]
        for preference in Self.parts(of: header[...], at: ",") {
            guard let (name, value) = Self.read(preference), values[name] == nil else { continue }
            values[name] = value
        }
        if let seconds = values["wait"].flatMap(Self.seconds) {
            self = .wait(seconds: seconds)
        } else if values["respond-async"] == "" {
            self = .respondAsync
        } else {
            return nil
        }
    }

    /// How long the push waits for its destinations; nil: not at all.
    var patience: TimeAmount? {
        switch self {
        case .respondAsync, .wait(seconds: 0): nil
        case .wait(let seconds): .seconds(Int64(seconds))
        }
    }

    /// What `Preference-Applied` says.
    var text: String {
        switch self {
        case .respondAsync: "respond-async"
        case .wait(let seconds): "wait=\(seconds)"
        }
    }
}

// Reading: `token [ "=" word ] *( ";" parameter )`, a list of them.
extension Preference {
    /// The name in lower case and the value, which is empty where there is none; its parameters are left out.
    private static func read(_ preference: Substring) -> (name: String, value: String)? {
        guard let own = parts(of: preference, at: ";").first else { return nil }
        let sides = own.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            .map { $0.trimming { $0 == " " || $0 == "\t" } }
        guard let name = sides.first, !name.isEmpty else { return nil }
        return (name.lowercased(), sides.count > 1 ? unquote(sides[1]) : "")
    }

    /// The text between separators that stand outside of quotes.
    private static func parts(of text: Substring, at separator: Character) -> [Substring] {
        var (isQuoted, isEscaped) = (false, false)
        var (parts, start) = ([Substring](), text.startIndex)
        for index in text.indices {
            if isEscaped {
                isEscaped = false
            } else if text[index] == "\"" {
                isQuoted.toggle()
            } else if text[index] == "\\" {
                isEscaped = isQuoted
            } else if text[index] == separator, !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
            }
        }
        return parts + [text[start...]]
    }

    /// A value as it is meant; what is quoted and has no end stays as it is.
    private static func unquote(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        var value = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            isEscaped = character == "\\" && !isEscaped
            if !isEscaped { value.append(character) }
        }
        return isEscaped ? String(text) : value
    }

    /// A count of seconds, at most `longestWait`; nil where it is none.
    private static func seconds(_ value: String) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard !value.isEmpty, value.utf8.allSatisfy(digits.contains) else { return nil }
        return value.utf8.reduce(0) { min(10 * $0 + Int($1 - digits.lowerBound), longestWait) }
    }
}
