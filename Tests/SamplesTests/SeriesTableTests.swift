import Fixtures
@testable import Samples
import Testing

@Suite("The table of series")
struct SeriesTableTests {
    @Test func `a series is found by its hash`() {
        var table = SeriesTable()
        table.reset(for: 10)
        let hash: UInt64 = 0xabcd_ef01_0000_0005
        let slot = table.start(hash)
        #expect(table.claim(slot, hash: hash, series: 3) == nil)
        #expect(table.claim(slot, hash: hash, series: 7) == 3)
        #expect(table.claim(slot, hash: hash ^ 1 << 63, series: 7) == -1)
    }

    @Test func `series of one hash stand side by side, and the first is found first`() {
        var table = SeriesTable()
        table.reset(for: 10)
        let slot = table.start(.max)
        #expect(table.claim(slot, hash: .max, series: 0) == nil)
        let next = table.next(slot)
        #expect(next != slot)
        #expect(table.claim(next, hash: .max, series: 1) == nil)
        #expect(table.claim(slot, hash: .max, series: 2) == 0)
        #expect(table.claim(next, hash: .max, series: 2) == 1)
    }

    @Test func `the slot behind the last one is the first one, and each is there once`() {
        var table = SeriesTable()
        table.reset(for: 100)
        var seen: Set<Int> = []
        var slot = table.start(17)
        while seen.insert(slot).inserted { slot = table.next(slot) }
        #expect(slot == table.start(17))
        #expect(seen.count >= 300 && seen.min() == 0 && seen.max() == seen.count - 1)
    }

    @Test func `a hash of zero and a series of index zero are as any other`() {
        var table = SeriesTable()
        table.reset(for: 0)
        #expect(table.claim(table.start(0), hash: 0, series: 0) == nil)
        #expect(table.claim(table.start(0), hash: 0, series: 1) == 0)
    }

    @Test func `an emptied table has room for all and nothing of before`() {
        var table = SeriesTable()
        for count in [1, 5, 6, 1_000, 20, 0, 4_000] {
            table.reset(for: count)
            var random = SplitMix(state: UInt64(count))
            for series in 0..<count {
                let hash = random.next()
                var slot = table.start(hash)
                while let other = table.claim(slot, hash: hash, series: series) {
                    #expect(other < series)
                    slot = table.next(slot)
                }
            }
        }
    }
}
