import Settings
import Testing

@Suite struct StringQuotedTests {
    @Test(arguments: [
        ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("a\nb\tc\u{0}\u{1B}", "\"a\\nb\\tc\\u{0}\\u{1b}\""),
        ("a\r\nb", "\"a\\u{d}\\nb\""), ("é…", "\"é…\""),
    ])
    func `a text is quoted in one line`(text: String, quoted: String) {
        #expect(text.quoted == quoted)
    }

    @Test func `a long text is cut`() {
        #expect(String(repeating: "x", count: 81).quoted == "\"" + String(repeating: "x", count: 80) + "…\"")
        #expect(String(repeating: "x", count: 80).quoted.count == 82)
    }
}
