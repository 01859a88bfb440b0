import Testing

@testable import SettingsFile

@Suite struct ComposerTests {
    private func compose(_ text: String) throws -> Node? { try Composer.compose(Array(text.utf8)) }

    /// The tree in one line.
    private func write(_ node: Node?) -> String {
        switch node?.content {
        case nil: "-"
        case .scalar(let text, let isPlain): isPlain ? text : "'\(text)'"
        case .sequence(let items): "[\(items.map(write).joined(separator: ","))]"
        case .mapping(let entries): "{\(entries.map { "\($0.key):\(write($0.value))" }.joined(separator: ","))}"
        }
    }

    @Test(arguments: [
        ("", "-"), ("# a comment\n", "-"), ("---\n", ""),
        ("a: 1\nb: [x, 'y']\nc:\n  - d: e\n    f:\n", "{a:1,b:[x,'y'],c:[{d:e,f:}]}"),
        ("%YAML 1.1\n---\na: b\n...\n", "{a:b}"), ("{a: {b: [[]]}}", "{a:{b:[[]]}}"),
        ("a: |\n  x\n  y\n", "{a:'x\ny\n'}"),
        ("'<<': x", "{<<:x}"), ("a: 1\na: 2", "{a:1,a:2}"),
    ])
    func `a text becomes a tree`(text: String, tree: String) throws {
        #expect(write(try compose(text)) == tree)
    }

    @Test(arguments: [
        ("a: &x 1", YAMLFlaw.anchor(Place(line: 1, column: 4))), ("a: 1\nb: *x", .anchor(Place(line: 2, column: 4))),
        ("<<: {a: 1}", .anchor(Place(line: 1, column: 1))), ("a: !!str 1", .tag(Place(line: 1, column: 4))),
        ("a: 1\n---\nb: 1", .secondDocument(Place(line: 2, column: 1))),
        ("---\n---\n", .secondDocument(Place(line: 2, column: 1))), ("[a]: b", .keyIsNoText(Place(line: 1, column: 1))),
        ("a:\n\tb: c", .tab(Place(line: 2, column: 1))),
    ])
    func `what no configuration needs is refused with the place`(text: String, flaw: YAMLFlaw) {
        #expect(throws: flaw) { try compose(text) }
    }

    @Test func `a text that is not UTF-8 is refused with the place`() {
        #expect(throws: YAMLFlaw.notUTF8(Place(line: 2, column: 4))) {
            try Composer.compose(Array("é: 1\nb: ".utf8) + [0xFF])
        }
        let utf16: [UInt8] = [0xFF, 0xFE, 0x61, 0]
        #expect(throws: YAMLFlaw.notUTF8(.start)) { try Composer.compose(utf16) }
    }

    @Test func `a deep text is refused`() throws {
        let deepest =
            String(repeating: "[", count: Composer.depthLimit) + String(repeating: "]", count: Composer.depthLimit)
        #expect(try compose(deepest) != nil)
        #expect(throws: YAMLFlaw.tooDeep(limit: 32, Place(line: 1, column: 33))) {
            try compose(String(repeating: "[", count: 500_000))
        }
    }

    @Test func `a text of many values is refused`() {
        #expect(throws: YAMLFlaw.self) { try compose("[" + String(repeating: "1,", count: Composer.nodeLimit) + "]") }
    }
}
