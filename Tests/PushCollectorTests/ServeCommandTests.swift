import ArgumentParser
import Testing

@testable import PushCollector

@Suite struct ServeCommandTests {
    @Test func `a wrong configuration ends it before anything starts`() async throws {
        let command = try ServeCommand.parse(["--config.file=/nowhere.yaml"])
        await #expect(throws: CommandError.configuration(["/nowhere.yaml: cannot be read: No such file or directory"]))
        {
            try await command.execute(environment: [:])
        }
    }

    @Test func `a wrong variable ends it before anything starts`() async throws {
        let command = try ServeCommand.parse([])
        await #expect(
            throws: CommandError.usage("PUSH_COLLECTOR_REMOTE_WRITE_URL: must begin with http:// or https://")
        ) {
            try await command.execute(environment: ["PUSH_COLLECTOR_REMOTE_WRITE_URL": "h"])
        }
    }
}
