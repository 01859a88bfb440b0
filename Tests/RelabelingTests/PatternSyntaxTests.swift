import Testing

@testable import Relabeling

@Suite("The syntax of Go's regexes for RE2")
struct PatternSyntaxTests {
    @Test(arguments: [
        ("(?<x>a)(?P<y>b)", "(?P<x>a)(?P<y>b)"), ("(?<=a)", "(?<=a)"), ("(?<!a)", "(?<!a)"), (#"\(?<x>"#, #"\(?<x>"#),
        ("[(?<x>]", "[(?<x>]"), ("[](?<x>]", "[](?<x>]"), ("[^](?<x>]", "[^](?<x>]"),
        ("[[:alpha:](?<x>](?<y>a)", "[[:alpha:](?<x>](?P<y>a)"), ("[[:^digit:]](?<y>a)", "[[:^digit:]](?P<y>a)"),
        ("[[](?<y>a)", "[[](?P<y>a)"), (#"\Q(?<x>\E(?<y>a)"#, #"\Q(?<x>\E(?P<y>a)"#),
        (#"[\]](?<y>a)"#, #"[\]](?P<y>a)"#),
        ("(?<", "(?<"), ("a\\", "a\\"), ("[", "["), ("", ""),
    ])
    func `a named group gets its P, and nothing else does`(regex: String, expected: String) {
        #expect(PatternSyntax(regex).text == expected)
    }

    @Test(arguments: [(#"\C"#, true), (#"\\C"#, false), (#"\Q\C\E"#, false), (#"[\C]"#, true), ("C", false)])
    func `half a character is noticed`(regex: String, isThere: Bool) {
        #expect(PatternSyntax(regex).hasByteEscape == isThere)
    }
}
