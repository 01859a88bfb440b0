import Bytes
import Testing

@Suite("Quotes as Go's %q writes them")
struct GoQuoteTests {
    @Test(
        "a string is quoted as strconv.Quote does",
        arguments: [
            ("", #""""#), ("foo", #""foo""#), ("\u{7}\u{8}\u{c}\r\n\t\u{b}", #""\a\b\f\r\n\t\v""#), ("\\", #""\\""#),
            (#"a"b"#, #""a\"b""#), ("'", #""'""#), ("\0", #""\x00""#), ("\u{1}\u{1f}", #""\x01\x1f""#),
            ("\u{7f}", #""\x7f""#), ("\u{80}", #""\u0080""#), ("\u{a0}", #""\u00a0""#), ("é☺日本", #""é☺日本""#),
            ("😀", #""😀""#), ("\u{200b}", #""\u200b""#), ("\u{2028}", #""\u2028""#), ("\u{3000}", #""\u3000""#),
            ("\u{feff}", #""\ufeff""#), ("\u{e000}", #""\ue000""#), ("\u{10ffff}", #""\U0010ffff""#),
            ("\u{fffd}", "\"\u{fffd}\""), ("\u{ad}", #""\u00ad""#), ("\r\n", #""\r\n""#), ("e\u{301}", "\"e\u{301}\""),
            ("\"\u{301}", "\"\\\"\u{301}\""), ("`", #""`""#), (" ~", #"" ~""#),
        ])
    func quoted(_ text: String, _ expected: String) {
        #expect(Array(GoQuote.string(text.utf8).utf8) == Array(expected.utf8))
    }

    @Test func `each byte that is no UTF-8 stands alone`() {
        func quoted(_ bytes: UInt8...) -> String { GoQuote.string(bytes) }
        #expect(quoted(0xff) == #""\xff""#)
        #expect(quoted(0x61, 0x80, 0x62) == #""a\x80b""#)
        #expect(quoted(0xc0, 0x80) == #""\xc0\x80""#)
        #expect(quoted(0xed, 0xa0, 0x80) == #""\xed\xa0\x80""#)
        #expect(quoted(0xf4, 0x90, 0x80, 0x80) == #""\xf4\x90\x80\x80""#)
        #expect(quoted(0xe2, 0x82) == #""\xe2\x82""#)
        #expect(quoted(0xe2, 0x82, 0x22) == #""\xe2\x82\"""#)
        #expect(quoted(0xc3, 0xc3, 0xa9) == #""\xc3é""#)
        #expect(quoted(0xf0, 0x9f, 0x98, 0xc3, 0xa9) == #""\xf0\x9f\x98é""#)
    }

    @Test(
        "a byte is quoted as the character of its number",
        arguments: [
            (UInt8(ascii: "a"), "'a'"), (0x27, #"'\''"#), (0x22, #"'"'"#), (0x5c, #"'\\'"#), (0x0a, #"'\n'"#),
            (0, #"'\x00'"#),
            (0x7f, #"'\x7f'"#), (0x80, #"'\u0080'"#), (0xa0, #"'\u00a0'"#), (0xe9, "'é'"), (0xff, "'ÿ'"), (0x20, "' '"),
        ])
    func character(_ byte: UInt8, _ expected: String) { #expect(GoQuote.character(byte) == expected) }

    @Test func `a slice of a text is quoted alone`() {
        #expect(GoQuote.string(Array("xé\"y".utf8)[1..<4]) == #""é\"""#)
    }
}
