import Testing

// Three rows of scenarios, beside each other: within a row one after the other, or they would wait for the machine.

/// Scenarios in which a destination fails for a while.
@Suite("Faults over time", .serialized)
enum FaultsOverTime {}

/// Scenarios in which it is told how to fail by what it gets.
@Suite("Faults under load", .serialized)
enum FaultsUnderLoad {}

/// Scenarios that mostly wait.
@Suite("Faults that take patience", .serialized)
enum FaultsWithPatience {}

/// A destination that is away for a while, or often for a moment, while pushes go on.
enum FaultOutage {
    /// The destination refuses connections for so long, and until a push was answered this.
    ///
    /// - Parameter queue: keys of `queue_config`.
    /// - Returns: what the pushers were told.
    @discardableResult
    static func away(for duration: Duration, rate: Double, queue: String = "", until status: Int = 202) async throws
        -> FaultLedger
    {
        let queue = (["max_backoff: 300ms"] + [queue]).filter { $0 != "" }.joined(separator: ", ")
        let scene = try await FaultScene(
            FaultyDestination(), push: "acknowledge_timeout: 1s", settings: "queue_config: {\(queue)}")
        let load = scene.load(.init(pushers: 32, rate: rate))
        let watch = scene.watch(load)
        try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 100 }
        scene.destination.close()
        try await Task.sleep(for: duration)
        try await wait(for: "a push to be answered \(status)") { load.counts[status] != nil }
        let before = load.counts[200, default: 0]
        try scene.destination.open()
        try await wait(for: "pushes to be stored again") { load.counts[200, default: 0] > before + 100 }
        load.stop()
        let ledger = try await load.ended()
        try await scene.finish(ledger, watch)
        #expect(scene.destination.record.disordered == [])
        #expect(ledger.count(0, 422) == 0)
        #expect(ledger.reason?.hasPrefix("backend: ") == true, "\(ledger.reason ?? "")")
        return ledger
    }

    /// Two requests of five fail, in all ways.
    static func flapping(for duration: Duration, rate: Double, seed: UInt64) async throws {
        let scene = try await FaultScene(
            FaultyDestination(FaultReply.flapping(0.4, seed: seed)), push: "acknowledge_timeout: 1s",
            settings: "remote_timeout: 1s", "queue_config: {max_backoff: 300ms}")
        let load = scene.load(.init(pushers: 32, rate: rate, sharedGroups: seed % 2 == 0 ? 8 : nil))
        let watch = scene.watch(load)
        let ledger = try await load.run(duration)
        scene.destination.behave { _ in .stored }
        try await scene.finish(ledger, watch)
        if load.plan.sharedGroups == nil { #expect(scene.destination.record.disordered == []) }
        #expect(ledger.count(0, 422, 503) == 0)
        #expect(ledger.count(200) > 0)
        let requests = scene.destination.record.requests
        #expect(requests.contains { $0.status == nil } && requests.contains { $0.attempt > 0 })
    }
}

extension FaultsOverTime {
    @Suite("A destination that goes and comes back (A1, A2, A6)")
    struct OutageTests {
        @Test func `an outage loses nothing`() async throws {
            let ledger = try await FaultOutage.away(for: .seconds(6), rate: 500)
            #expect(ledger.count(503) == 0)
        }

        @Test func `an outage that fills the queue turns pushes away and loses none that was taken`() async throws {
            try await FaultOutage.away(for: .seconds(3), rate: 500, queue: "max_queue_size: 200KiB", until: 503)
        }

        @Test(arguments: [1, 2] as [UInt64])
        func `a destination that fails in all ways loses nothing`(seed: UInt64) async throws {
            try await FaultOutage.flapping(for: .seconds(4), rate: 500, seed: seed)
        }
    }
}
