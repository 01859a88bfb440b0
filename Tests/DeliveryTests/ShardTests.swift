import RemoteWrite
import Testing

@testable import Delivery

@Suite("Shard")
struct ShardTests {
    let shard = Shard(limits: Shard.Limits(samples: 4, bytes: 100))

    @Test func `an idle wire is to be woken once, and takes what there is`() {
        #expect(append("a").needsWake)
        #expect(!append("b").needsWake)
        #expect(take() == "ab")
        #expect(!append("c").needsWake)
        #expect(take() == "c")
        #expect(take() == nil)
        #expect(append("d").needsWake)
    }

    @Test func `a batch is full at its number of samples`() {
        busy()
        for text in ["a", "b", "c"] { #expect(append(text).filled == nil) }
        #expect(append("d").filled?.bytes == Array("abcd".utf8))
        #expect(append("e").filled == nil)
        #expect(take() == "abcd")
        #expect(take() == "e")
    }

    @Test func `a push that does not fit the open batch closes it`() {
        busy()
        _ = append("a", samples: 3)
        #expect(append("b", samples: 2).filled?.bytes == Array("a".utf8))
        #expect(take() == "a")
        #expect(take() == "b")
    }

    @Test func `a batch is full at its number of bytes`() {
        busy()
        let (half, more) = (String(repeating: "h", count: 60), String(repeating: "m", count: 50))
        _ = append(half)
        _ = append(more)
        #expect(take() == half)
        #expect(take() == more)
    }

    @Test func `a push larger than a batch travels alone`() {
        busy()
        _ = append("a")
        let giant = String(repeating: "g", count: 1_000)
        #expect(append(giant, samples: 50).filled?.bytes.count == 1_000)
        _ = append("b")
        #expect(take() == "a")
        #expect(take() == giant)
        #expect(take() == "b")
    }

    @Test func `a full batch is sealed where it stands`() throws {
        busy()
        _ = append("a", samples: 4)
        let filled = try #require(append(String(repeating: "b", count: 50), samples: 4).filled)
        #expect(shard.seal(filled.number, [1, 2, 3]) == 47)
        #expect(take() == "a")
        guard case .batch(let batch) = shard.take() else { throw Missing() }
        #expect(batch.isSealed)
        #expect(batch.bytes == [1, 2, 3])
    }

    @Test func `a batch that the wire has taken meanwhile stays as it is`() throws {
        busy()
        let filled = try #require(append("a", samples: 4).filled)
        _ = append("bbb", samples: 4)
        #expect(take() == "a")
        #expect(shard.seal(filled.number, [1]) == 0)
        #expect(take() == "bbb")
        #expect(shard.seal(filled.number, [1]) == 0)
    }

    @Test func `closed, it gives out what it has and then no more`() {
        _ = append("a")
        shard.close()
        #expect(take() == "a")
        guard case .finished = shard.take() else {
            Issue.record("not finished")
            return
        }
    }

    @Test func `memory that is given back is used again`() throws {
        busy()
        _ = append(String(repeating: "x", count: 90))
        guard case .batch(var batch) = shard.take() else { throw Missing() }
        let capacity = batch.bytes.capacity
        batch.removeAll()
        shard.recycle(batch)
        _ = append("b")
        _ = shard.take()
        _ = append("c")
        guard case .batch(let next) = shard.take() else { throw Missing() }
        #expect(next.bytes.capacity == capacity)
        #expect(next.bytes == Array("c".utf8))
    }

    private struct Missing: Error {}

    /// Makes the wire busy: batches gather.
    private func busy() {
        _ = append("first")
        _ = take()
    }

    private func append(_ text: String, samples: Int = 1) -> Shard.Appended {
        let offer = Offer(group: 1, job: text, receiptTime: 1, acknowledgement: Acknowledgement { _ in })
        return shard.append(.of(text, samples: samples), offer)
    }

    private func take() -> String? {
        guard case .batch(let batch) = shard.take() else { return nil }
        return String(decoding: batch.bytes, as: UTF8.self)
    }
}
