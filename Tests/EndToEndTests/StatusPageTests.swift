import Foundation
import Testing

@Suite("The status page of a running program")
struct StatusPageTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    private func data(_ collector: Collector) async throws -> [String: Any] {
        let answer = try await curl("\(collector.url)/api/v1/status")
        #expect(answer.status == 200)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        #expect(object["status"] as? String == "success")
        return try #require(object["data"] as? [String: Any])
    }

    private func verdict(_ collector: Collector) async throws -> String {
        try #require((try await data(collector)["verdict"] as? [String: Any])?["title"] as? String)
    }

    @Test func `a wrong push is found on it, and what it is told is what its pusher was told`() async throws {
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(on: stage, to: receiver.writeURL)
        #expect(try await verdict(collector) == "Ready for the first push")
        #expect(try await collector.push("/metrics/job/good", "a 1\n").status == 200)
        let refused = try await collector.push("/metrics/job/wrong", "a 1\nb\n")
        #expect(refused.status == 400)
        let page = try await curl("\(collector.url)/")
        #expect(page.body.utf8.count < 60_000)
        #expect(page.body.contains("<bdi>good</bdi>"))
        #expect(page.body.contains("<bdi>wrong</bdi>"))
        let refusals = try #require(try await data(collector)["lastRefusals"] as? [[String: Any]])
        #expect(refusals.map { $0["reason"] as? String } == [refused.body.trimmingCharacters(in: .newlines)])
    }

    @Test func `a destination is seen to fail and to recover, and so is what waits for it`() async throws {
        let port = try Stage.freePort()
        let collector = try await Collector(
            on: stage, to: "http://user:hush-4711@127.0.0.1:\(port)/api/v1/write?k=hush-4711")
        #expect(try await collector.push("/metrics/job/x", "a 1\n", "-H", "Prefer: respond-async").status == 202)
        try await wait(for: "the page to say so") { try await verdict(collector) == "backend stores nothing" }
        let page = try await curl("\(collector.url)/").body
        #expect(page.contains("connection refused by 127.0.0.1:\(port)"))
        #expect(page.contains("<strong>Backing off</strong>"))
        #expect(!page.contains("hush-4711"))
        #expect(!(try await curl("\(collector.url)/api/v1/status").body.contains("hush-4711")))

        let receiver = try RunningProgram(Stage.program, ["receiver", "--web.listen-address=127.0.0.1:\(port)"])
        try await wait(for: "the page to be well") { try await verdict(collector) == "All is well" }
        let destination = try #require((try await data(collector)["destinations"] as? [[String: Any]])?.first)
        #expect(destination["state"] as? String == "delivering")
        #expect((destination["queue"] as? [String: Any])?["oldest"] is NSNull)
        withExtendedLifetime(receiver) {}
    }

    @Test func `log.access writes a line for each request`() async throws {
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(
            on: stage,
            configuration: """
                remote_write: [{url: "\(receiver.writeURL)"}]
                log: {access: true, format: json}

                """)
        #expect(try await collector.push("/metrics/job/a%22%0Ab", "a 1\n").status == 200)
        try await wait(for: "the line") { collector.program.errors.contains("\"job\":\"a\\\"\\nb\"") }
        let line = try #require(collector.program.errors.split(separator: "\n").first { $0.contains("\"job\":") })
        let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(fields["msg"] == "request")
        #expect(fields["method"] == "POST")
        #expect(fields["path"] == "/metrics/job/a%22%0Ab")
        #expect(fields["status"] == "200")
        #expect(fields["bytes"] == "4")
        #expect(Double(fields["duration"] ?? "") != nil)
    }
}
