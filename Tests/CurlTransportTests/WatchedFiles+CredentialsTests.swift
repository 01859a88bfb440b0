import Bytes
import Foundation
import Settings
import Testing

@testable import CurlTransport

@Suite("What a destination is shown of files")
struct WatchedFilesCredentialsTests {
    private let url = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID().uuidString)")

    private func write(_ text: String) throws { try Data(text.utf8).write(to: url) }

    @Test func `a credential of a file is its text, in one line where it goes into a header`() throws {
        defer { try? FileManager.default.removeItem(at: url) }
        try write("a\nb\n")
        var files = WatchedFiles([url.path, url.path])
        #expect(try files.reveal(.file(url.path)) == "a\nb")
        #expect(throws: Withheld("\(url.path) has more than one line")) { try files.revealInHeader(.file(url.path)) }
        try write("c\n")
        #expect(files.review().isChanged)
        #expect(!files.review().isChanged)
        #expect(try files.revealInHeader(.file(url.path)) == "c")
        #expect(try files.reveal(.text(Secret("d"))) == "d")
        #expect(try files.bytes(nil, file: url.path) == Array("c\n".utf8))
        #expect(try files.bytes("e", file: nil) == Array("e".utf8))
        #expect(try files.bytes(nil, file: nil) == nil)
        #expect(throws: Withheld.self) { try files.bytes(nil, file: "/nowhere") }
    }
}
