import Testing

@testable import SettingsFile

@Suite struct YAMLFlawTests {
    @Test func `a flaw of the reader has its place from the bytes`() {
        let text = Array("é\nab".utf8)
        #expect(YAMLFlaw.unreadable("x", offset: 4).place(in: text) == Place(line: 2, column: 2))
        #expect(YAMLFlaw.tab(Place(line: 7, column: 3)).place(in: text) == Place(line: 7, column: 3))
        #expect(YAMLFlaw.outOfMemory.place(in: text) == .start)
    }

    @Test func `a flaw of the syntax says in what it stands`() {
        #expect(
            "\(YAMLFlaw.syntax("did not find x", context: "while parsing y", .start))"
                == "did not find x while parsing y")
        #expect("\(YAMLFlaw.syntax("did not find x", context: "", .start))" == "did not find x")
    }
}
