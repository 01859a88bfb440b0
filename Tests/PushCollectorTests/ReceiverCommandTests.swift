import ArgumentParser
import Testing

@testable import PushCollector

@Suite struct ReceiverCommandTests {
    @Test(arguments: [
        (["--web.listen-address=unix:/x"], [:], "--web.listen-address"),
        ([], ["PUSH_COLLECTOR_WEB_LISTEN_ADDRESS": ":1,:2"], "PUSH_COLLECTOR_WEB_LISTEN_ADDRESS"),
    ])
    func `it listens at one host and port`(
        flags: [String], environment: [String: String], source: String
    ) async throws {
        let command = try ReceiverCommand.parse(flags)
        await #expect(throws: CommandError.usage("\(source): the receiver listens at one host and port")) {
            _ = try await command.execute(environment: environment)
        }
    }
}
