import ArgumentParser
import Foundation
import Settings
import Synchronization
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

    @Test func `a running collector is asked where its configuration says, whatever else is wrong with that`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data("foo: 1\nlisten_address: 127.0.0.1:4711\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        func addresses(_ flags: [(flag: FlagName, values: [String])]) throws -> [ListenAddress] {
            try Configuration.listenAddresses(
                try Overrides(FlagValues(flags, environment: [:])), defaultFile: "/nowhere")
        }
        #expect(try addresses([(.configFile, [file.path])]) == [.tcp(host: "127.0.0.1", port: 4711)])
        let flag: (flag: FlagName, values: [String]) = (.webListenAddress, ["unix:/x"])
        #expect(try addresses([(.configFile, ["/no/such/file"]), flag]) == [.unix(path: "/x")])
        #expect(try addresses([]) == [.default])
        #expect(throws: CommandError.self) { try addresses([(.configFile, ["/no/such/file"])]) }
        try Data("listen_address: nowhere\n".utf8).write(to: file)
        #expect(throws: CommandError.self) { try addresses([(.configFile, [file.path])]) }
    }

    @Test func `nobody there is not ready, and every address is named`() async {
        let said = Mutex("")
        let addresses: [ListenAddress] = [.unix(path: "/no/such/socket"), .tcp(host: "127.0.0.1", port: 1)]
        let status = await CheckCommand.ask(addresses) { text in said.withLock { $0 += text } }
        #expect(status == .failure)
        let line = said.withLock { $0 }
        #expect(line.hasPrefix("unix:/no/such/socket: not ready: no answer: "))
        #expect(line.contains("; 127.0.0.1:1: not ready: no answer: "))
        #expect(line.filter(\.isNewline).count == 1)
    }
}
