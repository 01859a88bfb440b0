import NIOHTTP1
import Synchronization
import Testing

@testable import Ingest

@Suite("Readiness")
struct ReadinessTests {
    @Test func `it is red while starting and while draining, and says so`() {
        let readiness = Readiness()
        #expect(readiness.answer(now: .now) == .notReady("starting"))
        #expect(readiness.answer(now: .now).status == .serviceUnavailable)
        #expect(readiness.answer(now: .now).body == "starting\n")
        readiness.phase = .ready
        #expect(readiness.answer(now: .now) == .line("OK"))
        for phase in [Readiness.Phase.leaving, .draining] {
            readiness.phase = phase
            #expect(readiness.answer(now: .now) == .notReady("draining"))
        }
    }

    @Test func `it tells once that draining begins`() {
        let told = Atomic(0)
        let readiness = Readiness()
        readiness.whenDraining { told.add(1, ordering: .relaxed) }
        for phase in [Readiness.Phase.ready, .leaving] { readiness.phase = phase }
        #expect(told.load(ordering: .relaxed) == 0)
        for phase in [Readiness.Phase.draining, .draining] { readiness.phase = phase }
        #expect(told.load(ordering: .relaxed) == 1)
    }

    @Test func `a full queue is told and stays green`() {
        let readiness = Readiness()
        readiness.phase = .ready
        let now = ContinuousClock.now
        readiness.full(destination: "mimir", until: now + .seconds(3))
        #expect(readiness.answer(now: now) == .line("queue full: mimir"))
        #expect(readiness.answer(now: now).status == .ok)
        #expect(readiness.answer(now: now + .seconds(3)) == .line("OK"))
    }
}
