import Delivery
import NIOCore
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("A server whose settings change while it serves", .timeLimit(.minutes(15)))
struct PushServerReloadTests {
    /// The settings of the bench with a change, and an outbox over the same destination in the place of its own.
    private func change(_ running: RunningServer, _ change: (inout Settings) -> Void) async -> Outbox {
        var settings = Settings()
        settings.push.pushgateway = running.bench.intake.settings
        change(&settings)
        let destination = running.bench.destination
        let outbox = Outbox(running.bench.outbox.roster, to: [(destination, destination.settings)])
        await running.server.change(to: settings, outbox: outbox)
        running.bench.outbox.replace()
        return outbox
    }

    @Test func `routes, limits and rules hold for the next request, also of a connection that is open`() async throws {
        try await RunningServer.with { running in
            let client = try running.client()
            #expect(client.push("a 1\n", to: "/metrics/job/j")?.status == 200)
            _ = await change(running) { settings in
                settings.push.pushgateway.routePrefixes = ["/other"]
                settings.push.pushgateway.limits.bodySize = .bytes(20)
                settings.push.pushgateway.timestamps = .reject
            }
            #expect(client.push("a 1\n", to: "/metrics/job/j")?.status == 404)
            #expect(client.push("a 1\n", to: "/other/metrics/job/j")?.status == 200)
            #expect(client.push("a 1 1000\n", to: "/other/metrics/job/j")?.status == 400)
            #expect(client.push(String(repeating: "#", count: 21), to: "/other/metrics/job/j")?.status == 413)
            await running.server.beat()
        }
    }

    @Test func `a push whose body arrives meanwhile goes where pushes go then`() async throws {
        try await RunningServer.with { running in
            let client = try running.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na ")
            try await eventually { running.bench.intake.admission.inHand > 0 }
            _ = await change(running) { _ in }
            client.send("1\n")
            #expect(client.reply()?.status == 200)
        }
    }

    @Test func `how many connections there may be counts for those that come`() async throws {
        try await RunningServer.with { running in
            let first = try running.client()
            #expect(first.push("a 1\n")?.status == 200)
            _ = await change(running) { $0.push.pushgateway.limits.connections = 1 }
            let second = try running.client()
            #expect(second.reply()?.status == 503)
            #expect(first.push("a 2\n")?.status == 200)
        }
    }

    @Test func `an outbox that is replaced takes nothing, and the pipeline says so`() throws {
        let bench = Bench()
        bench.outbox.replace()
        let pipeline = PushPipeline(bench.intake, carrying: .threadPool)
        let target = Target("/metrics/job/j", bench.intake.routes)
        let push = PushRequest(
            grouping: try target.grouping.get(), encoding: try ContentEncoding(nil), format: .text, contentType: nil)
        let outcome = try pipeline.take(push, body: ByteBuffer(string: "a 1\n"), settled: Acknowledgement { _ in })
        #expect(outcome == .outdated)
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 0)
    }
}
