import Testing

@testable import SettingsFile

@Suite struct NodeTests {
    private func node(_ content: Node.Content) -> Node { Node(content: content, place: .start) }

    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func `no value is written in five ways, without quotes`(text: String) {
        #expect(node(.scalar(text, isPlain: true)).isNull)
        #expect(!node(.scalar(text, isPlain: false)).isNull)
    }

    @Test func `a value is named in words`() {
        #expect(node(.scalar("", isPlain: true)).kind == "nothing")
        #expect(node(.scalar("", isPlain: false)).kind == "\"\"")
        #expect(node(.scalar("a\nb", isPlain: true)).kind == "\"a\\nb\"")
        #expect(node(.sequence([])).kind == "a list")
        #expect(node(.mapping([])).kind == "a mapping")
        #expect(node(.scalar("secret", isPlain: true)).shape == "a text")
        #expect(node(.scalar("", isPlain: true)).shape == "nothing")
    }
}
