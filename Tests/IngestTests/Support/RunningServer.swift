import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Settings
import Telemetry
import Testing

@testable import Ingest

/// A server on loopback for the time of a test.
struct RunningServer {
    let bench: Bench
    let server: PushServer
    let address: ListenAddress

    /// Runs a server, then what is to be done with it, then ends it in the ordinary way.
    static func with(
        _ bench: Bench = Bench(far: FarSide(.soon)), at address: ListenAddress = .tcp(host: "127.0.0.1", port: 0),
        limits configure: (inout ConnectionLimits) -> Void = { _ in }, _ body: (RunningServer) async throws -> Void
    ) async throws {
        var limits = patient(ConnectionLimits(bench.intake.settings))
        configure(&limits)
        let times = PushServer.Times(finish: .seconds(60), leave: .seconds(60))
        let server = PushServer(bench.intake, at: [address], limits: limits, times: times)
        let group = ServiceGroup(services: [server], logger: Logger(label: "test") { _ in LogLines() })
        try await withTaskExecutorPreference(Threads()) {
            try await run(server, group, bench, body)
        }
        #expect(bench.metrics.http.connections.value == 0)
        #expect(bench.intake.admission.inHand == 0)
    }

    private static func run(
        _ server: PushServer, _ group: ServiceGroup, _ bench: Bench, _ body: (RunningServer) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let bound = try #require(await server.boundAddresses().first)
            do {
                try await body(RunningServer(bench: bench, server: server, address: bound))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Limits that a slow machine does not reach.
    static func patient(_ limits: ConnectionLimits) -> ConnectionLimits {
        var limits = limits
        (limits.head, limits.body, limits.idle) = (.minutes(2), .minutes(2), .minutes(2))
        (limits.acknowledge, limits.linger) = (.minutes(2), .minutes(2))
        return limits
    }

    func client() throws -> SocketClient { try SocketClient(address) }
}

/// Runs each piece of work on a thread of its own, so that clients may block without holding up servers.
final class Threads: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = unsafe asUnownedTaskExecutor()
        Thread.detachNewThread { unsafe job.runSynchronously(on: executor) }
    }
}

/// Waits until something is so; however slow the machine is, it will be within five minutes.
func eventually(_ condition: () -> Bool) async throws {
    for _ in 0..<30_000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
    #expect(condition())
}
