import NIOHTTP1
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
        readiness.phase = .draining
        #expect(readiness.answer(now: .now) == .notReady("draining"))
    }

    @Test func `it knows since when it drains`() throws {
        let readiness = Readiness()
        #expect(readiness.drainingSince == nil)
        readiness.phase = .draining
        let since = try #require(readiness.drainingSince)
        readiness.phase = .draining
        #expect(readiness.drainingSince == since)
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
