import Fixtures
import Testing

@testable import Samples

@Suite("The table of series")
struct SeriesTableTests {
    /// Looks for series with these hashes, one after the other, all of which are equal or none.
    private func found(_ hashes: [UInt64], areEqual: Bool = true, in table: inout SeriesTable) -> [Int] {
        table.reset(for: hashes.count)
        var slots = table.slots.mutableSpan
        var found: [Int] = []
        for (series, hash) in hashes.enumerated() {
            found.append(
                SeriesTable.find(series, hash: hash, in: &slots) { other in
                    #expect(other < series)
                    return areEqual
                })
        }
        return found
    }

    @Test func `a series is found by its hash`() {
        var table = SeriesTable()
        let hash: UInt64 = 0xabcd_ef01_0000_0005
        #expect(found([7, hash, hash, hash ^ 1 << 63, hash], in: &table) == [0, 1, 1, 3, 1])
    }

    @Test func `series of one hash stand side by side, and the first that is equal is found`() {
        var table = SeriesTable()
        #expect(found([.max, .max, .max], areEqual: false, in: &table) == [0, 1, 2])
        #expect(found([.max, .max, .max], in: &table) == [0, 0, 0])
    }

    @Test func `a hash of zero and a series of index zero are as any other`() {
        var table = SeriesTable()
        #expect(found([0, 0], in: &table) == [0, 0])
    }

    @Test func `an emptied table has room for all and nothing of before`() {
        var table = SeriesTable()
        for count in [1, 5, 6, 1_000, 20, 0, 4_000] {
            var random = SplitMix(state: UInt64(count))
            let hashes = (0..<count).map { _ in random.next() }
            #expect(found(hashes, in: &table) == Array(0..<count))
            #expect(table.slots.count >= 3 * count)
        }
    }
}
