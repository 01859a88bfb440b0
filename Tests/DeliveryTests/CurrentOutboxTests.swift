import Testing

@testable import Delivery

@Suite struct CurrentOutboxTests {
    @Test func `a reload puts another outbox in the place of the one that there is`() {
        let (first, second) = (Outbox(destinations: [], transport: Idle()), Outbox(destinations: [], transport: Idle()))
        let current = CurrentOutbox(first)
        #expect(current.value === first)
        current.value = second
        #expect(current.value === second)
    }

    private struct Idle: Transport {
        func wake() {}
    }
}
