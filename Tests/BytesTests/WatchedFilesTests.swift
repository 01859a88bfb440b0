import Bytes
import Foundation
import Testing

@Suite("WatchedFiles")
struct WatchedFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    private func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @Test func `a change of one is told once, and what cannot be used with its name and why`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("a\n", to: "a")
        var files = WatchedFiles([path("a"), path("b"), path("a")])
        #expect(files.text(path("a")) == "a")
        #expect(files.content(path("a")) == Array("a\n".utf8))
        #expect(files.content(path("b")) == nil)
        #expect(files.problems.map(\.file) == [path("b")])
        #expect(files.whyUnusable(path("b")) == "\(path("b")) cannot be used: No such file or directory")
        #expect(!files.review().isChanged && files.review().unusable.isEmpty)
        try write("b", to: "b")
        #expect(files.review().isChanged)
        #expect(!files.review().isChanged)
        #expect(files.problems.isEmpty)
        try FileManager.default.removeItem(atPath: path("a"))
        #expect(files.review().unusable.map(\.file) == [path("a")])
        #expect(files.text(path("a")) == "a", "what it last held counts on")
    }

    @Test func `what is judged to be of no use is told, and what it held before counts on`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("good", to: "a")
        var files = WatchedFiles(
            [path("a")], judgedBy: [path("a"): { $0.first == UInt8(ascii: "g") ? nil : "it is bad" }])
        for _ in 0..<2 {
            try write("bad", to: "a")
            #expect(files.review().unusable.map(\.reason) == ["it is bad"])
            #expect(files.text(path("a")) == "good")
            try write("good", to: "a")
            #expect(!files.review().isChanged && files.problems.isEmpty)
        }
        try write("great", to: "a")
        #expect(files.review().isChanged && files.text(path("a")) == "great")
    }

    @Test func `it keeps to other files, and of those it has it knows what it knew`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(WatchedFiles().isEmpty)
        try write("a", to: "a")
        try write("b", to: "b")
        var files = WatchedFiles([path("a")])
        try FileManager.default.removeItem(atPath: path("a"))
        files.keep(to: [path("a"), path("b")])
        #expect(files.text(path("a")) == "a")
        #expect(files.text(path("b")) == "b")
        files.keep(to: [path("b")])
        #expect(files.text(path("a")) == nil)
        #expect(files.whyUnusable(path("a")).hasSuffix("it is not watched"))
        files.keep(to: [])
        #expect(files.isEmpty)
    }
}
