import Bytes
import Foundation
import Testing

@Suite("WatchedFile")
struct WatchedFileTests {
    private let url = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID().uuidString)")

    private func write(_ text: String) throws { try Data(text.utf8).write(to: url) }

    @Test func `what a file holds is read again when it has changed`() throws {
        defer { try? FileManager.default.removeItem(at: url) }
        var file = WatchedFile(path: url.path)
        #expect(file.review() == .unusable("No such file or directory"))
        #expect(file.review() == .none)
        try write(" \r\n one two \n\n")
        #expect(file.review() == .content)
        #expect(file.text == "one two")
        #expect(file.review() == .none)
        try write("three")
        #expect(file.review() == .content)
        #expect(file.text == "three")
        // Of the same length, and perhaps within the same tick of the clock.
        try FileHandle(forWritingTo: url).write(contentsOf: Data("seven".utf8))
        #expect(file.review() == .content)
        #expect(file.text == "seven")
    }

    @Test func `what cannot be used is told once, and what was read counts on`() throws {
        try write("one")
        var file = WatchedFile(path: url.path)
        _ = file.review()
        try write("\n")
        #expect(file.review() == .unusable("it is empty"))
        #expect(file.review() == .none)
        #expect(file.text == "one")
        try FileManager.default.removeItem(at: url)
        #expect(file.review() == .unusable("No such file or directory"))
        try write("one")
        #expect(file.review() == .none)
        #expect(file.problem == nil)
        try FileManager.default.removeItem(at: url)
    }

    @Test func `a pipe that nobody writes to holds nobody up`() {
        #expect(unsafe mkfifo(url.path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(at: url) }
        var file = WatchedFile(path: url.path)
        #expect(file.review() == .unusable("it is empty"))
    }

    @Test func `a file that is too long is not used`() {
        var file = WatchedFile(path: "/dev/zero")
        #expect(file.review() == .unusable("it is too long"))
    }

    @Test func `a file that may be empty is nothing then`() throws {
        defer { try? FileManager.default.removeItem(at: url) }
        var file = WatchedFile(path: url.path, mayBeEmpty: true)
        try write("one")
        #expect(file.review() == .content)
        try write("")
        #expect(file.review() == .content)
        #expect(file.content == [])
    }
}
