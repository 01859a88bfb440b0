import Foundation
import Testing

@Suite("When the destination is away (A2, A6, drain)", .serialized)
struct OutageTests {
    @Test func `pushes answer 202 and nothing is lost when it comes back`() async throws {
        let stage = try Stage()
        let port = try Stage.freePort()
        let collector = try await Collector(
            on: stage, to: "http://127.0.0.1:\(port)/api/v1/write", push: "acknowledge_timeout: 2s")
        for number in 0..<5 {
            let answer = try await collector.push("/metrics/job/outage/number/\(number)", "kept{n=\"\(number)\"} 1\n")
            #expect(answer.status == 202, "\(answer)")
            #expect(answer.header("Push-Collector-Reason")?.hasPrefix("backend: ") == true)
            #expect(answer.header("Content-Length") == "0")
        }
        let ready = try await curl("\(collector.url)/-/ready")
        #expect(ready.status == 200)
        let prometheus = try await Prometheus(on: stage, port: port)
        try await wait(for: "all five pushes to arrive") { try await prometheus.query("kept").count == 5 }
        try await wait(for: "the destination to be well again") {
            try await collector.push("/metrics/job/outage", "after 1\n").status == 200
        }
        #expect(try await collector.terminate() == 0, "\(collector.program.errors)")
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal delivers what is queued and ends with 0`(signal: Int32) async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let collector = try await Collector(on: stage, to: prometheus.writeURL, push: "acknowledge: queued")
        for number in 0..<50 {
            let answer = try await collector.push("/metrics/job/drain/number/\(number)", "drained 1\n")
            #expect(answer.status == 202)
        }
        collector.program.signal(signal)
        #expect(try await collector.program.exitCode() == 0, "\(collector.program.errors)")
        #expect(try await prometheus.query("count(drained)").map(\.value) == ["50"])
    }

    @Test func `what cannot be delivered at the end is counted and the exit code says so`() async throws {
        let stage = try Stage()
        let port = try Stage.freePort()
        let collector = try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {acknowledge_timeout: 100ms}}
                remote_write: [{url: "http://127.0.0.1:\(port)/api/v1/write"}]
                shutdown: {timeout: 1s}

                """)
        #expect(try await collector.push("/metrics/job/lost", "a 1\nb 2\nc 3\n").status == 202)
        #expect(try await collector.terminate() == 3)
        let last = try #require(collector.program.errors.split(separator: "\n").last)
        #expect(last.contains("undelivered") && last.contains("3"), "\(last)")
        // Who was answered 202 is told no more, by then there is no event loop to tell it on.
        #expect(!collector.program.errors.contains("EventLoop"), "\(collector.program.errors)")
    }

    @Test func `a sample that Prometheus refuses is answered 422 and its neighbours are stored`() async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let collector = try await Collector(on: stage, to: prometheus.writeURL)
        #expect(try await collector.push("/metrics/job/poison", "fine 1\n").status == 200)
        let refused = try await collector.push("/metrics/job/poison", "fine 2 1000\n")
        #expect(refused.status == 422, "\(refused)")
        #expect(refused.body.contains("backend") && refused.body.contains("400"), "\(refused)")
        #expect(try await collector.push("/metrics/job/poison", "fine 3\n").status == 200)
        #expect(try await prometheus.query("fine").map(\.value) == ["3"])
        #expect(try await collector.terminate() == 0)
    }
}
