import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("How a destination is doing, for the status page")
struct DestinationStatusTests {
    private func status(_ stage: Stage, at time: Duration = .zero) -> DestinationStatus {
        stage.outbox.destinations[0].status(at: stage.start + time)
    }

    @Test func `it begins idle, delivers, and says what waits and since when`() throws {
        let stage = Stage()
        #expect(status(stage).state == .idle)
        #expect(status(stage).queue.oldest == nil)
        try stage.push("a")
        try stage.push("b")
        #expect(status(stage).queue.oldest == 1_000)
        #expect(status(stage).queue.samples == 2)
        #expect(status(stage).queue.bytes > 0)
        _ = stage.send()
        #expect(status(stage).queue.oldest == 1_000, "what is under way waits as well")
        stage.answer(204)
        _ = stage.send()
        #expect(status(stage).state == .delivering)
        #expect(status(stage).queue.oldest == nil)
        #expect(status(stage).queue.samples == 0)
        #expect(status(stage).counts.delivered == 2)
    }

    @Test func `it backs off, and says why, and is well again`() throws {
        let stage = Stage()
        try stage.push("a")
        _ = stage.send()
        stage.answer(503, "no room")
        #expect(status(stage).state == .backingOff)
        #expect(!status(stage).isFailing)
        #expect(status(stage).why?.hasPrefix("answered 503: no room") == true)
        #expect(status(stage, at: .seconds(2)).isFailing)
        _ = stage.send(at: .seconds(3))
        stage.answer(204, at: .seconds(3))
        #expect(status(stage, at: .seconds(3)).state == .delivering)
        #expect(status(stage).lastTrouble?.words == "answered 503: no room")
        #expect(status(stage).counts.retried == 1)
    }

    @Test func `a wrong configuration is held, and says what to mend`() throws {
        let stage = Stage()
        try stage.push("a")
        _ = stage.send()
        stage.answer(401)
        #expect(status(stage).state == .holding)
        #expect(status(stage).why?.contains("check this destination's user and password") == true)
    }

    @Test func `a push that it refuses is remembered, and whether its pusher was told (A2)`() throws {
        let stage = Stage()
        try stage.push("X")
        _ = stage.send()
        stage.answer(400, "out of bounds")
        let told = status(stage)
        #expect(told.state == .refusing)
        #expect(told.counts.refused == 1)
        #expect(told.losses.map(\.job) == ["job-X"])
        #expect(told.losses.map(\.isTold) == [true])
        #expect(told.losses.map(\.words) == ["out of bounds"])
        #expect(told.losses.map(\.status) == [400])
    }

    @Test func `what is lost at the end is remembered by job`() throws {
        let stage = Stage()
        try stage.push("a")
        try stage.push("b")
        _ = stage.wires[0].abandon(now: stage.start)
        #expect(Set(status(stage).losses.map(\.job)) == ["job-a", "job-b"])
        #expect(status(stage).losses.allSatisfy { $0.kind == .lost && $0.isTold })
    }
}
