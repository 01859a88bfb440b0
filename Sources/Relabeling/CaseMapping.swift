/// Upper and lower case by Unicode's simple mappings, a character for a character, as Go's `strings` has them.
enum CaseMapping {
    /// The text in lower case.
    static func lowercase(_ text: [UInt8]) -> [UInt8] {
        map(text) { scalar in
            // The only one whose full mapping is longer than its simple one.
            scalar == "\u{130}" ? "i" : single(scalar.properties.lowercaseMapping)
        }
    }

    /// The text in upper case; `ß` stays.
    static func uppercase(_ text: [UInt8]) -> [UInt8] {
        map(text) { scalar in
            // A Greek letter with an iota below becomes two in full, and simply what a title begins with.
            single(scalar.properties.uppercaseMapping) ?? single(scalar.properties.titlecaseMapping)
        }
    }

    private static func map(_ text: [UInt8], _ mapping: (Unicode.Scalar) -> Unicode.Scalar?) -> [UInt8] {
        var result = ""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            result.unicodeScalars.append(mapping(scalar) ?? scalar)
        }
        return Array(result.utf8)
    }

    /// The one character of a mapping; nil where there are several.
    private static func single(_ mapping: String) -> Unicode.Scalar? {
        mapping.unicodeScalars.dropFirst().isEmpty ? mapping.unicodeScalars.first : nil
    }
}
