import Fixtures
import Foundation
import Testing

/// What takes minutes: built for `make soak` only.
@Suite("Long faults", .serialized)
struct FaultSoakTests {
    @Test func `an outage of a minute under a thousand pushes a second loses nothing`() async throws {
        let ledger = try await FaultOutage.away(for: .seconds(60), rate: 1_000)
        #expect(ledger.count(503) == 0)
    }

    @Test(arguments: [3, 4] as [UInt64])
    func `a minute of failures in all ways loses nothing`(seed: UInt64) async throws {
        try await FaultOutage.flapping(for: .seconds(60), rate: 1_000, seed: seed)
    }

    @Test(arguments: [400, 500])
    func `a minute of all that can be wrong at once`(poisonStatus: Int) async throws {
        let chaos = FaultChaos(seed: .random(in: 0..<1_000_000), poisonStatus: poisonStatus)
        say("chaos: \(chaos)")
        try await chaos.run(.init(pushers: 64, rate: 500, poisonEvery: 20), for: .seconds(30))
        try await chaos.run(
            .init(pushers: 64, rate: 50, poisonEvery: 20, parts: 20, padding: 1_024), for: .seconds(30))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `pushes of seven megabytes are stored whole among failures`(seed: UInt64) async throws {
        let flapping = FaultReply.flapping(0.4, seed: seed)
        let destination = try FaultyDestination { request in
            let reply = flapping(request)
            return reply.stores && request.size > 2 << 20 ? .status(413, "at most 2 MiB") : reply
        }
        let scene = try await FaultScene(
            destination, push: "acknowledge_timeout: 60s", settings: "remote_timeout: 5s",
            "queue_config: {max_backoff: 300ms}")
        let load = scene.load(.init(pushers: 3, pushes: 6, parts: 3_500, padding: 2_048))
        let watch = scene.watch(load)
        let ledger = try await load.ended()
        try await scene.finish(ledger, watch)
        #expect(ledger.count(200, 202) == 6)
        #expect(destination.record.disordered == [])
    }

    @Test func `the soak`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["SOAK_SECONDS"].flatMap { Int($0) } ?? 600
        let seed = environment["SOAK_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1_000_000)
        say("soak: \(seconds) s, SOAK_SEED=\(seed)")
        let scene = try await FaultScene(
            FaultyDestination(keepingRequests: false), push: "acknowledge_timeout: 1s",
            settings: "remote_timeout: 1s", "queue_config: {max_backoff: 500ms}", rest: "")
        let descriptorsBefore = try scene.scrape().value("process_open_fds")
        let load = scene.load(.init(pushers: 256, rate: 2_000))
        let watch = scene.watch(load, every: .seconds(1))
        var sizes: [Int] = []
        var random = SplitMix(state: seed)
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let fault = SoakFault.allCases.randomElement(using: &random) ?? .none
            try await fault.pass(over: scene.destination, seed: random.next())
            let scrape = try scene.scrape()
            sizes.append(scrape.value("process_resident_memory_bytes"))
            report(fault, scrape, load)
            #expect(scrape.value("process_open_fds") <= descriptorsBefore + load.plan.pushers + 64)
        }
        scene.destination.behave { _ in .stored }
        let ledger = try await load.run(.zero)
        try await wait(for: "the pushers' descriptors to be closed") {
            try scene.scrape().value("process_open_fds") <= descriptorsBefore + 16
        }
        try await scene.finish(ledger, watch)
        #expect(scene.destination.record.disordered == [])
        #expect(ledger.count(0, 422, 503) == 0)
        // What the first third has needed, faults and all, is enough for the rest.
        let early = sizes.prefix(max(1, sizes.count / 3)).max() ?? 0
        let late = sizes.suffix(max(1, sizes.count / 3)).max() ?? 0
        #expect(late <= early + early / 4 + 16 << 20, "memory grew from \(early >> 20) MiB to \(late >> 20) MiB")
    }

    /// Writes a line at once, wherever it goes.
    private func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    private func report(_ fault: SoakFault, _ scrape: FaultScrape, _ load: FaultLoad) {
        let counts = load.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        say(
            "soak: \(fault), \(scrape.value("process_resident_memory_bytes") >> 20) MiB, "
                + "\(scrape.value("process_open_fds")) descriptors, pending \(scrape.pending), answers \(counts)")
    }
}

/// What befalls a destination for ten seconds.
private enum SoakFault: CaseIterable {
    case none, slow, flapping, away, restarts

    func pass(over destination: FaultyDestination, seed: UInt64) async throws {
        destination.behave { _ in .stored }
        switch self {
        case .none: try await Task.sleep(for: .seconds(10))
        case .slow:
            destination.behave { _ in .stored(after: .milliseconds(50)) }
            try await Task.sleep(for: .seconds(10))
        case .flapping:
            destination.behave(FaultReply.flapping(0.4, seed: seed))
            try await Task.sleep(for: .seconds(10))
        case .away:
            destination.close()
            try await Task.sleep(for: .seconds(6))
            try destination.open()
            try await Task.sleep(for: .seconds(4))
        case .restarts:
            for _ in 0..<10 {
                destination.close()
                try destination.open()
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}
