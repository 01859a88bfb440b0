import Testing

@testable import Relabeling

@Suite("Upper and lower case as in Go")
struct CaseMappingTests {
    @Test(arguments: [
        ("bAr123Fooß", "BAR123FOOß", "bar123fooß"), ("", "", ""), ("ÄÖÜ é", "ÄÖÜ É", "äöü é"),
        ("ŉ ǰ ﬁ", "ŉ ǰ ﬁ", "ŉ ǰ ﬁ"),
        ("\u{1F80}\u{1FB3}", "\u{1F88}\u{1FBC}", "\u{1F80}\u{1FB3}"), ("\u{1FB2}", "\u{1FB2}", "\u{1FB2}"),
        ("İ", "İ", "i"), ("ΑΣ", "ΑΣ", "ας".replacing("ς", with: "σ")), ("ǆ", "Ǆ", "ǆ"), ("ÿµ", "ŸΜ", "ÿµ"),
        ("日本", "日本", "日本"),
    ])
    func `a character becomes one character`(text: String, upper: String, lower: String) {
        let bytes = Array(text.utf8)
        #expect(
            String(decoding: CaseMapping.uppercase(bytes), as: UTF8.self).unicodeScalars.elementsEqual(
                upper.unicodeScalars))
        #expect(
            String(decoding: CaseMapping.lowercase(bytes), as: UTF8.self).unicodeScalars.elementsEqual(
                lower.unicodeScalars))
    }

    @Test func `every character becomes exactly one`() {
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array(String(scalar).utf8)
            let counts = [CaseMapping.uppercase(bytes), CaseMapping.lowercase(bytes)].map {
                String(decoding: $0, as: UTF8.self).unicodeScalars.count
            }
            if counts != [1, 1] { Issue.record("U+\(String(value, radix: 16)) becomes \(counts)") }
        }
    }
}
