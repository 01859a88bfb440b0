import Testing

@testable import Status

@Suite("Foreign text on a page")
struct HTMLTests {
    @Test(arguments: [
        ("a & b", "a &amp; b"), ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onload='x'", "&quot; onload=&#39;x&#39;"), ("a\nb\rc\td", #"a\nb\rc\td"#),
        ("\u{0}\u{1B}[31m\u{7F}\u{9F}", #"\u{0}\u{1b}[31m\u{7f}\u{9f}"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
        ("\u{202E}gnp\u{2066}\u{200B}\u{FEFF}", #"\u{202e}gnp\u{2066}\u{200b}\u{feff}"#), ("é 日 😀", "é 日 😀"),
        ("", ""),
    ])
    func `what means something to a browser, or is not to be seen, is written so that it is seen`(
        text: String, escaped: String
    ) {
        #expect(HTML.text(text) == escaped)
    }

    @Test func `the bytes that come out are bounded, and no entity is cut`() {
        let text = HTML.text(String(repeating: "\"", count: 1_000), limit: 20)
        #expect(text == "&quot;&quot;&quot;…")
        #expect(HTML.text("abc", limit: 3) == "abc")
        #expect(HTML.text("日日", limit: 5) == "日…")
    }

    @Test func `a text can be cut before it is escaped`() {
        #expect(HTML.clip("日日", to: 5) == "日…")
        #expect(HTML.clip("abc", to: 3) == "abc")
    }
}
