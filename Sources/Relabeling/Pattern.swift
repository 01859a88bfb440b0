public import Settings

/// What a rule's regex matches: all of a text, from beginning to end, where `.` is a line feed too.
///
/// Most regexes are the default or a plain text: those need no RE2.
public struct Pattern: Sendable {
    private enum Form: Sendable {
        case anything
        case text([UInt8])
        case expression(Expression)
    }

    private let form: Form

    /// Compiles a regex as Prometheus does.
    ///
    /// - Throws: `notARegex`.
    public init(_ regex: String) throws(SettingsError) {
        if regex == RelabelRule.anything {
            form = .anything
        } else if Self.isPlain(regex) {
            form = .text(Array(regex.utf8))
        } else {
            let syntax = PatternSyntax(regex)
            if syntax.hasByteEscape { throw .notARegex(regex, reason: "invalid escape sequence: \\C") }
            do throws(Expression.Flaw) {
                form = .expression(try Expression("^(?s:\(syntax.text))$"))
            } catch {
                throw .notARegex(regex, reason: error.reason)
            }
        }
    }

    /// Whether a text matches.
    public func matches(_ text: [UInt8]) -> Bool {
        switch form {
        case .anything: true
        case .text(let own): own == text
        case .expression(let expression): expression.matches(text)
        }
    }

    /// What the whole match and each group captured, nil where a group took no part; nil where it does not match.
    func captures(of text: [UInt8]) -> [Range<Int>?]? {
        switch form {
        case .anything: [text.indices, text.indices]
        case .text(let own): own == text ? [text.indices] : nil
        case .expression(let expression): expression.captures(of: text)
        }
    }

    /// The number of the group of this name; nil where there is none.
    func group(named name: [UInt8]) -> Int? {
        guard case .expression(let expression) = form else { return nil }
        return expression.group(named: name)
    }

    /// Whether a regex has none of the characters that mean more than themselves.
    private static func isPlain(_ regex: String) -> Bool {
        !regex.utf8.contains { "\\.+*?()|[]{}^$".utf8.contains($0) }
    }
}
