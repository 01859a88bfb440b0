import ArgumentParser
import Foundation
import Testing

@testable import PushCollector

@Suite struct CheckCommandTests {
    @Test func `a right configuration is told in a line, without secrets`() throws {
        let flags: [(flag: FlagName, values: [String])] = [
            (.remoteWriteURL, ["http://user:secret@h/write", "https://i/"]), (.webListenAddress, [":1", "unix:/x"]),
        ]
        let overrides = try Overrides(FlagValues(flags, environment: [:]))
        let configuration = try Configuration(overrides, destinations: .needed, defaultFile: "/nowhere")
        let summary = CheckCommand.summary(of: configuration)
        #expect(summary.hasPrefix("flags: OK: listens at 0.0.0.0:1, unix:/x, delivers to h-"))
        #expect(summary.contains("(http://user:xxxxx@h/write), i-"))
        #expect(!summary.contains("secret"))
    }

    @Test func `a wrong configuration is told whole`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data("foo: 1\nlog: 2\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let command = try CheckCommand.parse(["--config.file", file.path])
        let error = try await #require(throws: CommandError.self) { _ = try await command.execute(environment: [:]) }
        #expect(error.status == .failure)
        #expect(error.lines.count == 3)
    }

    @Test func `asking a running collector is not there yet`() async throws {
        let command = try CheckCommand.parse(["--live"])
        await #expect(throws: CommandError.usage("--live: not implemented yet (asking a running collector)")) {
            _ = try await command.execute(environment: [:])
        }
    }
}
