import Settings
import Testing

@testable import Relabeling

@Suite("A rule's regex")
struct PatternTests {
    @Test(arguments: [
        ("(.*)", "", true), ("(.*)", "a\nb", true), ("foo", "foo", true), ("foo", "food", false), ("", "", true),
        ("", "a", false), ("f|foo", "foo", true), ("a.c", "a\nc", true), ("(?i)FOO", "foo", true), ("ü.", "üß", true),
        ("a)|(b", "xb", true), (#"\Qa.b\E"#, "a.b", true), (#"\Qa.b\E"#, "axb", false), ("(?m)^b$", "a\nb", false),
    ])
    func `matches as Go's does`(regex: String, text: String, isMatch: Bool) throws {
        let pattern = try Pattern(regex)
        #expect(pattern.matches(Array(text.utf8)) == isMatch)
        #expect((pattern.captures(of: Array(text.utf8)) != nil) == isMatch)
    }

    @Test func `the quick forms capture what RE2 would`() throws {
        let text = Array("some".utf8)
        #expect(try Pattern("(.*)").captures(of: text) == (try Pattern("((?:.*))").captures(of: text)))
        #expect(try Pattern("some").captures(of: text) == (try Pattern("som[e]").captures(of: text)))
    }

    @Test func `what is none says why`() {
        #expect(throws: SettingsError.notARegex("a**", reason: "bad repetition operator: **")) {
            _ = try Pattern("a**")
        }
        #expect(throws: SettingsError.notARegex(#"\C"#, reason: #"invalid escape sequence: \C"#)) {
            _ = try Pattern(#"\C"#)
        }
    }
}
