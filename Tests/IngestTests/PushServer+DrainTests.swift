import Delivery
import Dispatch
import Logging
import NIOCore
import ServiceLifecycle
import Settings
import Synchronization
import Telemetry
import Testing

@testable import Ingest

@Suite("A server's end: contract A6, and what draining promises", .timeLimit(.minutes(15)))
struct PushServerDrainTests {
    /// A server that is run, and can be ended in both ways.
    private struct Scene {
        let bench: Bench
        let server: PushServer
        let group: ServiceGroup
        let running: Task<Void, any Error>
        let address: ListenAddress

        func client() throws -> SocketClient { try SocketClient(address) }
    }

    private func scene(
        _ times: PushServer.Times, _ configure: (inout Intake) -> Void = { _ in }
    ) async throws -> Scene {
        let bench = Bench(far: FarSide(.asTold))
        var intake = bench.intake
        configure(&intake)
        let limits = RunningServer.patient(ConnectionLimits())
        let server = PushServer(intake, at: [.tcp(host: "127.0.0.1", port: 0)], limits: limits, times: times)
        let group = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in LogLines() })
        let running = Task { try await group.run() }
        let address = try #require(await server.boundAddresses().first)
        return Scene(bench: bench, server: server, group: group, running: running, address: address)
    }

    private let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n"

    @Test func `for the delay pushes are taken while readiness is red`() async throws {
        try await withTaskExecutorPreference(Threads()) {
            let scene = try await scene(.init(delay: .seconds(3_600), finish: .seconds(60), leave: .seconds(60)))
            await scene.group.triggerGracefulShutdown()
            try await eventually { scene.server.readiness.phase == .leaving }
            let client = try scene.client()
            client.send("GET /-/ready HTTP/1.1\r\n\r\n")
            #expect(client.reply()?.refuses(503, "draining") == true)
            client.send(push)
            try await eventually { scene.bench.outbox.pendingSamples == 1 }
            scene.bench.far.answer(.status(200, message: "", retryAfter: nil))
            #expect(client.reply()?.status == 200)
            // Told to end at once, it does not wait for the delay.
            scene.running.cancel()
            #expect(client.isClosed())
            try await scene.running.value
        }
    }

    @Test func `after the delay it ends by itself`() async throws {
        try await withTaskExecutorPreference(Threads()) {
            let scene = try await scene(.init(delay: .milliseconds(50), finish: .seconds(60), leave: .seconds(60)))
            let told = Atomic(false)
            scene.server.readiness.whenDraining { told.store(true, ordering: .relaxed) }
            let start = ContinuousClock.now
            await scene.group.triggerGracefulShutdown()
            try await scene.running.value
            #expect(ContinuousClock.now - start >= .milliseconds(50))
            #expect(told.load(ordering: .relaxed) == true)
            #expect(scene.server.readiness.phase == .draining)
        }
    }

    @Test func `a push on its way to the queue when draining ends is answered 202, not cut off`() async throws {
        try await withTaskExecutorPreference(Threads()) {
            let gate = Gate()
            let times = PushServer.Times(finish: .milliseconds(10), leave: .milliseconds(10))
            let scene = try await scene(times) { intake in
                intake.wallClock = {
                    gate.pass()
                    return 1_700_000_000_000
                }
            }
            let (large, sending) = (try scene.client(), try scene.client())
            // Too large for an event loop: a thread of the pool stamps it, which takes until the gate opens.
            let body = "# " + String(repeating: "x", count: 5 << 20) + "\nx 1\n"
            large.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            sending.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx")
            try await eventually { gate.isReached && scene.bench.intake.admission.inHand > body.utf8.count }
            await scene.group.triggerGracefulShutdown()
            try await eventually { scene.bench.metrics.http.connections.value == 1 }
            gate.open()
            let reply = try #require(large.reply())
            #expect(reply.status == 202)
            #expect(reply.headers["push-collector-reason"] == "far: no answer yet")
            #expect(reply.headers["connection"] == "close")
            #expect(large.isClosed())
            try await scene.running.value
            #expect(scene.bench.outbox.pendingSamples == 1)
        }
    }

    @Test func `told to end at once it waits until those who wait know that their pushes are lost`() async throws {
        try await withTaskExecutorPreference(Threads()) {
            let scene = try await scene(.init(finish: .seconds(60), leave: .seconds(60), hurry: .seconds(60)))
            let waiting = try scene.client()
            waiting.send(push)
            try await eventually { scene.bench.outbox.pendingSamples == 1 }
            await scene.group.triggerGracefulShutdown()
            try await eventually { scene.server.readiness.phase == .draining }
            scene.running.cancel()
            scene.bench.far.abandon()
            #expect(waiting.reply()?.refuses(503, "push it again") == true)
            #expect(waiting.isClosed())
            try await scene.running.value
        }
    }

    @Test func `told to end at once it does not wait for slow senders`() async throws {
        try await withTaskExecutorPreference(Threads()) {
            let times = PushServer.Times(finish: .seconds(3_600), leave: .seconds(60), hurry: .milliseconds(10))
            let scene = try await scene(times)
            let sending = try scene.client()
            sending.send(String(push.dropLast()))
            try await eventually { scene.bench.intake.admission.inHand == 3 }
            scene.running.cancel()
            #expect(sending.reply()?.refuses(503, "shutting down") ?? true)
            #expect(sending.isClosed())
            try await scene.running.value
        }
    }

    @Test(arguments: [(Duration.seconds(25), 5_000), (.seconds(1), 1_500), (.zero, 500)])
    func `pushes in hand get no more time than the queue, and a moment to learn what became of it`(
        timeout: Duration, finish: Int
    ) {
        var shutdown = Shutdown()
        shutdown.timeout = timeout
        shutdown.delay = .seconds(3)
        let times = PushServer.Times(shutdown)
        #expect(times.finish == .milliseconds(Int64(finish)))
        #expect(times.delay == .seconds(3))
    }
}

/// What holds up whoever comes first, until it is opened.
private final class Gate: Sendable {
    private let arrivals = Atomic(0)
    private let opening = DispatchSemaphore(value: 0)

    var isReached: Bool { arrivals.load(ordering: .relaxed) > 0 }

    func open() { opening.signal() }

    func pass() {
        if arrivals.add(1, ordering: .relaxed).oldValue == 0 { opening.wait() }
    }
}
