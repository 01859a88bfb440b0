/// A text in which `$1`, `${1}`, `$name` and `${name}` stand for groups, as Go's `Regexp.Expand` has it.
///
/// An unbraced name is as long as it can be: `$1x` is the group named `1x`. `$$` is a dollar sign. What names no group
/// stands for nothing; a dollar sign that begins no name stands for itself.
struct Template: Sendable {
    private enum Piece: Sendable {
        case text([UInt8])
        case group(Int)
    }

    private var pieces: [Piece] = []

    /// A template whose groups are those of a pattern.
    init(_ text: String, for pattern: Pattern) {
        var rest = Substring(text)[...].unicodeScalars
        var plain = ""
        while let scalar = rest.popFirst() {
            guard scalar == "$" else {
                plain.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "$" {
                rest.removeFirst()
                plain += "$"
            } else if let name = Self.name(&rest) {
                pieces.append(.text(Array(plain.utf8)))
                plain = ""
                if let group = Self.number(name) ?? pattern.group(named: Array(name.utf8)) {
                    pieces.append(.group(group))
                }
            } else {
                plain += "$"
            }
        }
        pieces.append(.text(Array(plain.utf8)))
        pieces.removeAll { if case .text(let text) = $0 { text.isEmpty } else { false } }
    }

    /// The text, with what groups captured of another one.
    func expand(_ captures: [Range<Int>?], of text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let text): result += text
            case .group(let group):
                if group < captures.count, let range = captures[group] { result += text[range] }
            }
        }
        return result
    }

    /// Takes a name off, with its braces if it has them; nil, and nothing taken, where there is none.
    private static func name(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var after = rest
        let isBraced = after.first == "{"
        if isBraced { after.removeFirst() }
        let name = after.prefix { $0 == "_" || isLetterOrDigit($0) }
        guard !name.isEmpty else { return nil }
        after = after[name.endIndex...]
        if isBraced {
            guard after.popFirst() == "}" else { return nil }
        }
        rest = after
        return String(String.UnicodeScalarView(name))
    }

    /// The number that a name is; one with a zero in front is a name.
    private static func number(_ name: String) -> Int? {
        let isNumber =
            name.utf8.count <= 8 && name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, name == "0" || !name.hasPrefix("0") else { return nil }
        return Int(name)
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber: true
        default: false
        }
    }
}
