import Foundation
import Testing

@Suite("The end of the program", .serialized)
struct DrainTests {
    /// A collector in front of a destination that does not exist.
    private func collector(_ stage: Stage, shutdown: String, timeout: String = "100ms") async throws -> Collector {
        try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {acknowledge_timeout: \(timeout), push_time_seconds: false}}
                remote_write: [{name: dead, url: "http://127.0.0.1:\(try Stage.freePort())/api/v1/write"}]
                shutdown: {\(shutdown)}

                """)
    }

    private func lastLine(_ collector: Collector) throws -> String {
        String(try #require(collector.program.errors.split(separator: "\n").last))
    }

    @Test func `for the delay pushes are taken while readiness is red, and a second signal cuts it short`() async throws
    {
        let stage = try Stage()
        let port = try Stage.freePort()
        let receiver = try RunningProgram(
            Stage.program, ["receiver", "--web.listen-address=127.0.0.1:\(port)"], in: stage.folder)
        let collector = try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {acknowledge_timeout: 1m}}
                remote_write: [{url: "http://127.0.0.1:\(port)/api/v1/write"}]
                shutdown: {delay: 1h}

                """)
        collector.program.signal(SIGTERM)
        try await wait(for: "readiness to be red") {
            try await curl("\(collector.url)/-/ready").status == 503
        }
        let answer = try await collector.push("/metrics/job/late", "late 1\n")
        #expect(answer.status == 200, "\(answer) \(collector.program.errors)")
        try await wait(for: "the sample to be printed") { receiver.output.contains("late{job=\"late\"} 1 ") }
        #expect(try await collector.terminate() == 0, "\(collector.program.errors)")
        receiver.signal(SIGTERM)
        #expect(try await receiver.exitCode() == 0)
    }

    @Test(arguments: [(SIGTERM, SIGTERM), (SIGINT, SIGTERM)])
    func `a second signal gives up what is pending, and says what that is`(first: Int32, second: Int32) async throws {
        let stage = try Stage()
        let collector = try await collector(stage, shutdown: "timeout: 1h")
        #expect(try await collector.push("/metrics/job/lost", "a 1\nb 2\nc 3\n").status == 202)
        collector.program.signal(first)
        try await wait(for: "draining to begin") {
            collector.program.errors.contains("msg=stopping signal=SIG")
        }
        #expect(collector.program.isRunning)
        collector.program.signal(second)
        #expect(try await collector.program.exitCode() == 3)
        let last = try lastLine(collector)
        #expect(last.contains("stopped with samples undelivered") && last.contains("samples=3"), "\(last)")
        #expect(last.contains("3 for dead: connection refused by 127.0.0.1"), "\(last)")
    }

    @Test func `who waits at the end is told what is true`() async throws {
        let stage = try Stage()
        let collector = try await collector(stage, shutdown: "timeout: 1s", timeout: "1m")
        async let answer = collector.push("/metrics/job/lost", "a 1\n", "-H", "Prefer: wait=60")
        try await wait(for: "the push to be queued") {
            try await curl("\(collector.url)/metrics").body
                .contains("push_collector_remote_write_samples_pending{destination=\"dead\"} 1\n")
        }
        #expect(try await collector.terminate() == 3)
        let told = try await answer
        #expect(told.status == 503, "\(told)")
        #expect(told.body.contains("push it again"), "\(told)")
        #expect(told.header("Preference-Applied") == "wait=60")
        #expect(try lastLine(collector).contains("1 for dead: "))
    }
}
