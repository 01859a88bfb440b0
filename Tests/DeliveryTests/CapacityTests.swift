import Settings
import Testing

@testable import Delivery

@Suite("Capacity (A6)")
struct CapacityTests {
    @Test func `so many samples have room, and a larger push has it alone`() {
        let capacity = Capacity(limit: 10)
        #expect(capacity.reserve(6) && capacity.reserve(4))
        #expect(!capacity.reserve(1))
        capacity.release(10)
        #expect(capacity.reserve(25))
        #expect(!capacity.reserve(1))
    }

    @Test func `zero is no limit`() {
        let capacity = Capacity(limit: 0)
        #expect((0..<5).allSatisfy { _ in capacity.reserve(1 << 40) })
    }

    @Test func `a shard that holds its samples refuses further ones until they are delivered`() throws {
        let stage = Stage { $0.queue.capacity = 3 }
        try stage.push("a", samples: 2)
        #expect(throws: Outbox.Refusal.full(destination: "backend", retryAfter: 1)) { try stage.push("b", samples: 2) }
        #expect(stage.send() == "a")
        #expect(throws: Outbox.Refusal.full(destination: "backend", retryAfter: 1)) { try stage.push("b", samples: 2) }
        stage.answer(204)
        try stage.push("b", samples: 2)
        #expect(stage.send() == "b")
        stage.answer(204)
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}
