import Testing

@testable import Delivery

@Suite("Batch")
struct BatchTests {
    @Test func `it remembers where each push ends`() {
        let batch = batch(["one", "three"])
        #expect(batch.bytes == Array("onethree".utf8))
        #expect(batch.entries.map(\.end) == [3, 8])
        #expect(batch.entries.map(\.job) == ["one", "three"])
        #expect(batch.samples == 4)
    }

    @Test func `it counts for its bytes and for those who wait`() {
        var batch = batch(["one", "three"])
        #expect(batch.held == 8 + 2 * Batch.Entry.cost)
        batch.seal([1, 2, 3])
        #expect(batch.isSealed)
        #expect(batch.held == 3 + 2 * Batch.Entry.cost)
    }

    @Test func `emptied, it is as new`() {
        var batch = batch(["one"])
        batch.seal([1])
        batch.removeAll()
        #expect(batch.held == 0)
        #expect(batch.samples == 0)
        #expect(!batch.isSealed)
        batch.append(.of("two"), offer("two"))
        #expect(batch.entries.map(\.end) == [3])
    }

    @Test func `a giant's memory is not kept`() {
        var batch = batch([String(repeating: "x", count: 1 << 20)])
        batch.removeAll()
        #expect(batch.bytes.capacity == 0)
    }

    private func batch(_ texts: [String]) -> Batch {
        var batch = Batch()
        for text in texts { batch.append(.of(text, samples: 2), offer(text)) }
        return batch
    }

    private func offer(_ job: String) -> Offer {
        Offer(group: 1, job: job, receiptTime: 1, acknowledgement: Acknowledgement { _ in })
    }
}
