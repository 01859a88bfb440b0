import RemoteWrite
import Samples
import Testing

@testable import Delivery

@Suite("Which metadata goes with a push (B12)")
struct MetadataTableTests {
    private func batch(_ names: [String]) -> SampleBatch {
        var batch = SampleBatch()
        for name in names {
            let range = ByteRange(offset: batch.arena.count, count: name.utf8.count)
            batch.arena += Array(name.utf8)
            batch.families.append(Family(name: range, type: .counter))
        }
        return batch
    }

    private func table(perPush: Int = 10) throws -> MetadataTable {
        try #require(MetadataTable(MetadataPolicy(interval: .seconds(60), familiesPerPush: perPush)))
    }

    @Test func `a family's goes once an interval`() throws {
        let table = try table()
        let (first, second) = (batch(["a", "b"]), batch(["b", "c"]))
        #expect(table.claim(first, now: 1_000) == [0, 1])
        #expect(table.claim(second, now: 2_000) == [1])
        #expect(table.claim(first, now: 60_999) == [])
        #expect(table.claim(first, now: 61_000) == [0, 1])
        #expect(table.claim(second, now: 61_999) == [])
    }

    @Test func `what a push that was not taken would have brought goes with the next`() throws {
        let table = try table()
        let batch = batch(["a", "b"])
        table.release(table.claim(batch, now: 0), of: batch)
        #expect(table.claim(batch, now: 1) == [0, 1])
    }

    @Test func `a push takes a number of them along and leaves the others to the next`() throws {
        let table = try table(perPush: 2)
        let batch = batch(["a", "b", "c", "d", "e"])
        #expect(table.claim(batch, now: 0) == [0, 1])
        #expect(table.claim(batch, now: 1) == [2, 3])
        #expect(table.claim(batch, now: 2) == [4])
        #expect(table.claim(batch, now: 3) == [])
    }

    @Test func `a full table has room again once an interval is over`() throws {
        let table = try table(perPush: .max)
        let many = batch((0..<MetadataTable.limit).map { "m\($0)" })
        #expect(table.claim(many, now: 0).count == MetadataTable.limit)
        #expect(table.claim(batch(["one", "more"]), now: 59_000) == [])
        #expect(table.claim(batch(["one", "more"]), now: 60_000) == [0, 1])
    }

    @Test func `none goes where none is to be sent`() {
        #expect(MetadataTable(nil) == nil)
    }
}
