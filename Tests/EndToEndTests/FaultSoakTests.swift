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

    @Test func `the soak`() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["SOAK_SECONDS"].flatMap { Int($0) } ?? 600
        let seed = environment["SOAK_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1_000_000)
        print("soak: \(seconds) s, SOAK_SEED=\(seed)")
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

    private func report(_ fault: SoakFault, _ scrape: FaultScrape, _ load: FaultLoad) {
        let counts = load.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        print(
            "soak: \(fault), \(scrape.value("process_resident_memory_bytes") >> 20) MiB,",
            "\(scrape.value("process_open_fds")) descriptors, pending \(scrape.pending), answers \(counts)")
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
