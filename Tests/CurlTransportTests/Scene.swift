import Delivery
import Logging
import RemoteWrite
import ServiceLifecycle
import Settings
import Synchronization
import Telemetry
import Testing

@testable import CurlTransport

/// An outbox and a sender before a destination, from start to graceful shutdown.
struct Scene: Sendable {
    let outbox: Outbox
    let sender: Sender
    let thread: SenderThread
    let metrics: [DestinationMetrics]
    private let group: ServiceGroup

    /// Runs `body` while the sender serves; then drains.
    ///
    /// - Returns: what `body` does, and the samples that were given up.
    @discardableResult
    static func run(
        to urls: [String], drain: Duration = .seconds(30), with change: (inout DestinationSettings) -> Void = { _ in },
        _ body: @Sendable @escaping (Scene) async throws -> Void
    ) async throws -> Scene {
        let scene = try Scene(urls: urls, drain: drain, change)
        let group = scene.group
        async let serving: Void = group.run()
        do {
            try await body(scene)
        } catch {
            await group.triggerGracefulShutdown()
            try? await serving
            throw error
        }
        await group.triggerGracefulShutdown()
        try await serving
        return scene
    }

    init(
        urls: [String], drain: Duration = .zero, _ change: (inout DestinationSettings) -> Void = { _ in }
    ) throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let destinations = urls.enumerated().map { index, url in
            var settings = DestinationSettings(url: url)
            settings.name = "backend-\(index)"
            settings.queue.maxShards = 1
            settings.queue.minBackoff = .milliseconds(1)
            settings.queue.maxBackoff = .milliseconds(20)
            change(&settings)
            return (settings, DestinationMetrics(name: settings.displayName))
        }
        metrics = destinations.map(\.1)
        thread = SenderThread(version: "1.2.3")
        outbox = Outbox(
            destinations: destinations.map { settings, metrics in
                Destination(settings: settings, acknowledgeTimeout: .seconds(5), metrics: metrics, logger: logger)
            }, transport: thread)
        sender = Sender(outbox: outbox, thread: thread, drainTimeout: drain)
        group = ServiceGroup(configuration: .init(services: [.init(service: sender)], logger: logger))
    }

    /// Offers a push whose bytes are this text.
    ///
    /// - Returns: what will have become of it.
    @discardableResult
    func push(_ text: String, group: UInt64 = 1, samples: Int = 1) throws -> Outcome {
        let outcome = Outcome()
        var push = EncodedPush()
        push.version = outbox.profiles[0].version
        // A message of version 2 must be one, so the text becomes a field of it, which nobody knows.
        push.bytes = push.version == .v1 ? Array(text.utf8) : [0x7a, UInt8(text.utf8.count)] + Array(text.utf8)
        push.samples = samples
        push.latestTimestamp = 1
        let acknowledgement = Acknowledgement { outcome.settle($0) }
        let time = outbox.receiptTime(group: group, now: 1_000)
        try outbox.offer(
            [push], as: Offer(group: group, job: "job", receiptTime: time, acknowledgement: acknowledgement))
        return outcome
    }
}

extension Scene {
    /// Offers a push, and expects this to become of it.
    func expect(
        _ settlement: Settlement, of text: String, samples: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let value = try await push(text, samples: samples).value
        #expect(value == settlement, sourceLocation: sourceLocation)
    }
}

/// What becomes of one push.
final class Outcome: Sendable {
    private let settlement = Mutex<Settlement?>(nil)

    var now: Settlement? { settlement.withLock { $0 } }

    func settle(_ value: Settlement) { settlement.withLock { $0 = value } }

    /// Waits for it, at most for a minute.
    var value: Settlement? {
        get async throws {
            try await eventually { now != nil }
            return now
        }
    }
}

struct TookTooLong: Error {}

/// Waits until a condition holds, at most for a minute.
func eventually(_ condition: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(300)
    while try !condition() {
        if ContinuousClock.now > deadline { throw TookTooLong() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Sees that what ends a hold does so before the next attempt of a hold would, ten seconds after the one before.
///
/// A machine may be too slow for that once, but not again and again.
func expectBeforeNextAttempt(_ end: () async throws -> Void) async throws {
    var times: [Duration] = []
    repeat {
        let start = ContinuousClock.now
        try await end()
        times.append(.now - start)
    } while times.last.map { $0 >= .seconds(9) } == true && times.count < 6
    #expect(times.contains { $0 < .seconds(9) }, "\(times)")
}
