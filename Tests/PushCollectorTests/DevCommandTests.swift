import ArgumentParser
import Foundation
import Testing

@testable import PushCollector

@Suite struct DevCommandTests {
    @Test func `a wrong remote_write is a problem even where it is replaced`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data("remote_write: [{url: ftp://h/}]".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let command = try DevCommand.parse(["--config.file", file.path])
        let error = CommandError.configuration([
            "\(file.path):1:22: remote_write[0].url: must begin with http:// or https://"
        ])
        await #expect(throws: error) { _ = try await command.execute(environment: [:]) }
    }
}
