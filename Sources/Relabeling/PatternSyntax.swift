/// A regex in the syntax of Go's `regexp`, brought into that of RE2 as Debian 12 has it.
struct PatternSyntax {
    /// The regex for RE2: a group `(?<name>…)` is written `(?P<name>…)`.
    private(set) var text = ""
    /// Whether it has `\C`, which matches half a character and which Go does not have.
    private(set) var hasByteEscape = false

    /// Reads a regex, which may be none at all: RE2 judges that.
    init(_ regex: String) {
        var rest = Substring(regex)[...].unicodeScalars
        var result = String.UnicodeScalarView()
        var isClass = false
        while let scalar = rest.popFirst() {
            result.append(scalar)
            switch scalar {
            case "\\": escape(&rest, into: &result)
            case "[" where !isClass:
                isClass = true
                // What stands first in a class is one of its characters, also a bracket.
                for first in ["^", "]"] as [Unicode.Scalar] where rest.first == first {
                    result.append(first)
                    rest.removeFirst()
                }
            case "[" where rest.first == ":":
                if let end = Self.end(ofClassNameIn: rest) {
                    result.append(contentsOf: rest[..<end])
                    rest = rest[end...]
                }
            case "]": isClass = false
            case "(" where !isClass: open(&rest, into: &result)
            default: break
            }
        }
        text = String(result)
    }

    private typealias Scalars = Substring.UnicodeScalarView

    /// Takes over what stands behind a backslash: all up to `\E` behind `\Q`, else one character.
    private mutating func escape(_ rest: inout Scalars, into result: inout String.UnicodeScalarView) {
        guard let escaped = rest.popFirst() else { return }
        result.append(escaped)
        if escaped == "C" { hasByteEscape = true }
        guard escaped == "Q" else { return }
        while let scalar = rest.popFirst() {
            result.append(scalar)
            guard scalar == "\\", rest.first == "E" else { continue }
            rest.removeFirst()
            return result.append("E")
        }
    }

    /// Writes the `P` of a group's name; `(?<=` and `(?<!` are no groups and stay what they are, which is nothing.
    private func open(_ rest: inout Scalars, into result: inout String.UnicodeScalarView) {
        let next = Array(rest.prefix(3))
        guard next.count == 3, next[0] == "?", next[1] == "<", next[2] != "=", next[2] != "!" else { return }
        result.append(contentsOf: "?P<".unicodeScalars)
        rest.removeFirst(2)
    }

    /// Where `:alpha:]` of `[:alpha:]` ends.
    private static func end(ofClassNameIn rest: Scalars) -> Scalars.Index? {
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex, rest[index].properties.isAlphabetic || rest[index] == "^" {
            index = rest.index(after: index)
        }
        guard index < rest.endIndex, rest[index] == ":" else { return nil }
        index = rest.index(after: index)
        guard index < rest.endIndex, rest[index] == "]" else { return nil }
        return rest.index(after: index)
    }
}
