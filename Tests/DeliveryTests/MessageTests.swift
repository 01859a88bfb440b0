import Testing

@testable import Delivery

@Suite("Message")
struct MessageTests {
    @Test func `an excerpt is at most so many bytes, and never half a character`() {
        #expect(Message.excerpt(String(repeating: "é", count: 400)).utf8.count == 512)
        #expect(Message.excerpt("aé", limit: 2) == "a")
        #expect(Message.excerpt("aé", limit: 3) == "aé")
        #expect(Message.excerpt(String(repeating: "x", count: 10_000)).utf8.count == 512)
    }

    @Test func `an excerpt has no control characters, and no blanks at its ends`() {
        #expect(Message.excerpt("  out of\tbounds\r\n") == "out of bounds")
        #expect(Message.excerpt("\u{1b}[31mred\u{7f}\u{9b}") == "[31mred")
        #expect(Message.excerpt("\n\n") == "")
    }

    @Test func `a line is visible ASCII`() {
        #expect(Message.line("naïve\r\nSet-Cookie: x") == "na?ve  Set-Cookie: x")
        #expect(Message.line(String(repeating: "x", count: 300)).utf8.count == 200)
        #expect(Message.line("e\u{301}") == "e?")
        #expect(Message.line("") == "")
    }
}
