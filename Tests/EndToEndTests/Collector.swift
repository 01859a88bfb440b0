import Foundation
import Testing

/// The built program, started with a configuration and listening on a free port.
struct Collector {
    let program: RunningProgram
    let stage: Stage
    let port: Int

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts it with the text of a `collector.yaml` and flags.
    init(on stage: Stage, configuration: String, flags: [String] = [], environment: [String: String] = [:])
        async throws
    {
        self.stage = stage
        port = try Stage.freePort()
        let file = try stage.write(configuration, to: "collector-\(port).yaml")
        program = try RunningProgram(
            Stage.program, flags + ["--config.file=\(file)", "--web.listen-address=127.0.0.1:\(port)"],
            in: stage.folder, environment: environment)
        try await ready()
    }

    /// Starts it in front of one destination.
    init(
        on stage: Stage, to url: String, destination: String = "", push: String = "acknowledge_timeout: 60s"
    ) async throws {
        try await self.init(
            on: stage,
            configuration: """
                push: {pushgateway: {\(push)}}
                remote_write:
                  - name: backend
                    url: \(url)
                    \(destination.replacing("\n", with: "\n    "))

                """)
    }

    private func ready() async throws {
        let (url, program) = (url, program)
        try await wait(for: "the collector to be ready") {
            guard program.isRunning else { throw TimedOut(description: "the collector ended: \(program.errors)") }
            return (try? await curl("\(url)/-/ready"))?.status == 200
        }
    }

    /// Pushes until a push is held because of these words: until an attempt has failed, nobody knows why there is no answer.
    func push(_ path: String, _ body: String, heldBecause words: String) async throws -> Answer {
        var answer = try await push(path, body)
        try await wait(for: "a push to be held: \(words)") {
            if answer.header("Push-Collector-Reason")?.contains(words) == true { return true }
            answer = try await push(path, body)
            return false
        }
        return answer
    }

    /// Pushes a body by the real curl.
    func push(_ path: String, _ body: String, _ arguments: String...) async throws -> Answer {
        try await curl(arguments + ["\(url)\(path)"], body: body)
    }

    /// Sends SIGTERM and returns the exit code.
    func terminate() async throws -> Int32 {
        program.signal(SIGTERM)
        return try await program.exitCode()
    }
}
