import Synchronization
import Testing

@testable import Delivery

@Suite("Acknowledgement: A1, A5")
struct AcknowledgementTests {
    @Test func `it is settled once all destinations have delivered`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("p")
        #expect(stage.send(0) == "p")
        stage.answer(204, wire: 0)
        #expect(stage.settlements["p"] == [])
        #expect(stage.send(1) == "p")
        stage.answer(204, wire: 1)
        #expect(stage.settlements["p"] == [.delivered])
    }

    @Test func `a refusal settles it at once, and nothing after that counts`() throws {
        let stage = Stage(destinations: 3)
        try stage.push("p")
        for wire in 0..<3 { #expect(stage.send(wire) == "p") }
        stage.answer(400, "out of bounds\n", wire: 1)
        let refused = Settlement.refused(destination: "backend-1", status: 400, message: "out of bounds")
        #expect(stage.settlements["p"] == [refused])
        stage.answer(204, wire: 0)
        stage.answer(409, "again", wire: 2)
        #expect(stage.settlements["p"] == [refused])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `what would be told is let go once nobody waits`() {
        final class Handler: Sendable {}
        weak let held: Handler?
        let acknowledgement: Acknowledgement
        do {
            let handler = Handler()
            held = handler
            acknowledgement = Acknowledgement { _ in _ = handler }
        }
        #expect(held != nil)
        acknowledgement.forget()
        #expect(held == nil)
    }

    @Test func `nobody is told once nobody waits`() throws {
        let told = Mutex(0)
        let stage = Stage()
        let acknowledgement = Acknowledgement { _ in told.withLock { $0 += 1 } }
        acknowledgement.expect(stage.outbox.destinations)
        acknowledgement.forget()
        acknowledgement.fail(.lost, by: stage.outbox.destinations[0])
        #expect(told.withLock { $0 } == 0)
    }

    @Test func `what is lost at one destination is lost`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("p")
        _ = stage.send(0)
        stage.answer(204, wire: 0)
        #expect(stage.wires[1].abandon(now: stage.start) == 1)
        #expect(stage.settlements["p"] == [.lost])
    }

    @Test func `why it is pending names a destination that has not answered, a failing one first`() throws {
        let stage = Stage(destinations: 3)
        let acknowledgement = try stage.push("p")
        #expect(acknowledgement.whyPending(at: stage.start) == "backend-0: no answer yet")
        for wire in 0..<3 { _ = stage.send(wire) }
        stage.answer(204, wire: 0)
        stage.answer(503, "down\r\nfor repair", wire: 2)
        #expect(acknowledgement.whyPending(at: stage.start) == "backend-1: no answer yet")
        let later = stage.start + .seconds(2)
        let why = "backend-2: answered 503: down  for repair, since 2026-08-21T12:00:01Z"
        #expect(acknowledgement.whyPending(at: later) == why)
    }

    @Test func `before it is queued, and after it is settled, it is pending for no destination`() throws {
        let unused = Acknowledgement { _ in }
        #expect(unused.whyPending(at: .now) == "no destination: no answer yet")
        let stage = Stage()
        let acknowledgement = try stage.push("p")
        _ = stage.send()
        stage.answer(204)
        #expect(acknowledgement.whyPending(at: stage.start) == "no destination: no answer yet")
    }

    @Test func `more than 64 destinations are all waited for`() throws {
        let stage = Stage(destinations: 70)
        try stage.push("p")
        for wire in 0..<70 {
            #expect(stage.settlements["p"] == [])
            _ = stage.send(wire)
            stage.answer(204, wire: wire)
        }
        #expect(stage.settlements["p"] == [.delivered])
    }
}
