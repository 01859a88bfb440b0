import Delivery
import Logging
import NIOCore
import NIOEmbedded
import ServiceLifecycle
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("Open connections and their end: contract L3, A6", .timeLimit(.minutes(15)))
struct ConnectionsTests {
    /// Why a connection is not admitted.
    private func reason(_ connections: Connections, _ channel: EmbeddedChannel) -> String? {
        do throws(PushError) {
            try connections.admit(channel)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `connections are counted and bounded`() throws {
        let gauge = Gauge()
        let connections = Connections(limit: 2, gauge: gauge)
        let channels = (0..<3).map { _ in EmbeddedChannel() }
        #expect(channels.map { reason(connections, $0) } == [nil, nil, "connections"])
        #expect(gauge.value == 2)
        _ = try channels[0].finish()
        #expect(gauge.value == 1)
        #expect(reason(connections, channels[2]) == nil)
        for channel in channels.dropFirst() { _ = try channel.finish() }
        #expect(gauge.value == 0)
    }

    @Test func `a server that drains admits nobody`() async {
        let connections = Connections(limit: 2, gauge: Gauge())
        connections.drain(.began)
        let channel = EmbeddedChannel()
        #expect(reason(connections, channel) == "draining")
        _ = try? channel.finish()
        await connections.untilEmpty()
    }

    @Test func `one connection too many is told so`() async throws {
        var settings = Pushgateway()
        settings.limits.connections = 2
        try await RunningServer.with(Bench(settings, far: FarSide(.soon))) { server in
            let (first, second) = (try server.client(), try server.client())
            #expect(first.push("x 1\n")?.status == 200)
            #expect(second.push("x 1\n")?.status == 200)
            let third = try server.client()
            let reply = try #require(third.reply())
            #expect(reply.refuses(503, "limits.connections"))
            #expect(reply.headers["retry-after"] == "1")
            #expect(third.isClosed())
            #expect(server.bench.answered[.init(handler: "other", method: "other", code: 503)] == 1)
            first.finish()
            #expect(first.isClosed())
            try await eventually { server.bench.metrics.http.connections.value == 1 }
            #expect(try server.client().push("x 1\n")?.status == 200)
        }
    }

    @Test func `a push in hand is answered before the server ends, and readiness is red meanwhile`() async throws {
        try await withTaskExecutorPreference(Threads()) { try await endWithAPushInHand() }
    }

    private func endWithAPushInHand() async throws {
        let bench = Bench(far: FarSide(.asTold))
        let server = PushServer(
            bench.intake, at: [.tcp(host: "127.0.0.1", port: 0)],
            limits: RunningServer.patient(ConnectionLimits()),
            times: PushServer.Times(finish: .seconds(60), leave: .seconds(60)))
        #expect(server.readiness.phase == .ready)
        let group = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in LogLines() })
        let running = Task { try await group.run() }
        let address = try #require(await server.boundAddresses().first)
        let (waiting, idle) = (try SocketClient(address), try SocketClient(address))
        waiting.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n")
        try await eventually { bench.outbox.pendingSamples == 1 && bench.metrics.http.connections.value == 2 }
        await group.triggerGracefulShutdown()
        #expect(idle.isClosed())
        try await eventually { server.readiness.phase == .draining }
        try await eventually { (try? SocketClient(address)) == nil }
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        let reply = try #require(waiting.reply())
        #expect(reply.status == 200)
        #expect(reply.headers["connection"] == "close")
        #expect(waiting.isClosed())
        try await running.value
    }

    @Test func `a push that is not stored when draining ends is 202, one that is not whole is 503`() async throws {
        try await withTaskExecutorPreference(Threads()) { try await endTooLate() }
    }

    private func endTooLate() async throws {
        let bench = Bench(far: FarSide(.asTold))
        let server = PushServer(
            bench.intake, at: [.tcp(host: "127.0.0.1", port: 0)],
            limits: RunningServer.patient(ConnectionLimits()),
            times: PushServer.Times(finish: .milliseconds(100), leave: .seconds(60)))
        let group = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in LogLines() })
        let running = Task { try await group.run() }
        let address = try #require(await server.boundAddresses().first)
        let (waiting, sending) = (try SocketClient(address), try SocketClient(address))
        sending.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx")
        waiting.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n")
        try await eventually { bench.outbox.pendingSamples == 1 && bench.intake.admission.inHand == 1 }
        await group.triggerGracefulShutdown()
        let late = try #require(waiting.reply())
        #expect(late.status == 202)
        #expect(late.headers["push-collector-reason"]?.hasPrefix("far: ") == true)
        #expect(sending.reply()?.refuses(503, "shutting down") == true)
        #expect(sending.isClosed())
        sending.finish()
        try await running.value
        #expect(bench.outbox.pendingSamples == 1)
    }
}
