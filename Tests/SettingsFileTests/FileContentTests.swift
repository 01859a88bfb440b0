import Foundation
import Testing

@testable import SettingsFile

@Suite struct FileContentTests {
    @Test func `a file is read up to the limit`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data("12345".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(FileContent.read(file.path, limit: 100) == .bytes(Array("12345".utf8)))
        #expect(FileContent.read(file.path, limit: 3) == .bytes(Array("123".utf8)))
    }

    @Test func `an endless file is read up to the limit`() {
        #expect(FileContent.read("/dev/zero", limit: 10_000) == .bytes(Array(repeating: 0, count: 10_000)))
    }

    @Test func `a pipe is known without opening it`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        #expect(unsafe mkfifo(file.path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(FileContent.isPipe(file.path))
        #expect(!FileContent.isPipe("/dev/zero"))
        #expect(!FileContent.isPipe("/nonexistent/file"))
    }

    @Test(arguments: [("/nonexistent/file", "No such file or directory"), ("/tmp", "Is a directory")])
    func `why a file cannot be read is said in the words of the system`(path: String, reason: String) {
        #expect(FileContent.read(path, limit: 100) == .unreadable(reason))
    }
}
