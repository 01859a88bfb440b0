import Samples
import Testing

@Suite("Series that have ended")
struct SampleBatchStaleTests {
    private func batch(_ rows: [Row]) throws -> SampleBatch {
        var batch = SampleBatch(rows)
        try batch.canonicalize(under: Grouping(hash: 1))
        return batch
    }

    @Test func `equal series have equal hashes, wherever they stand`() throws {
        let one = try batch([Row("a", ["x": "1", "y": "2"]), Row("b")]).seriesHashes()
        let other = try batch([Row("b"), Row("c"), Row("a", ["y": "2", "x": "1"])]).seriesHashes()
        #expect(one[0] == other[2] && one[1] == other[0])
        #expect(Set(other).count == 3)
        #expect(try batch([Row("a", ["x": "1"])]).seriesHashes() != batch([Row("a", ["x": "2"])]).seriesHashes())
    }

    @Test func `series with times of their own are told apart by the lowest bit`() throws {
        let one = try batch([Row("a")]).seriesHashes()[0]
        let other = try batch([Row("a", [:], 1, at: 5)]).seriesHashes()[0]
        #expect(one & 1 == 1 && other & 1 == 0 && one & ~1 == other)
    }

    @Test func `a marker has the labels of the series, and no time`() throws {
        let last = try batch([Row("a"), Row("b", ["x": "1"])])
        var next = try batch([Row("a")])
        next.appendStale([1], of: last)
        #expect(next.canonical.map(\.text) == ["a", #"b{x="1"}"#])
        #expect(next.samples[1].value.bitPattern == 0x7ff0_0000_0000_0002)
        #expect(next.samples[1].timestamp == nil && next.samples[1].details == 0)
    }

    @Test func `a native histogram ends as one, and what stands for it as that`() throws {
        var last = try batch([Row("h"), Row("h_count")])
        last.histograms = [NativeHistogram()]
        last.samples[0].details = last.add(SampleDetails(kind: .native(0)))
        last.samples[1].details = last.add(SampleDetails(kind: .standIn))
        var next = SampleBatch()
        next.appendStale([0, 1], of: last)
        #expect(next.details(of: next.samples[0])?.kind == .native(0))
        #expect(next.details(of: next.samples[1])?.kind == .standIn)
        #expect(next.histograms[0].sum.bitPattern == SampleBatch.stale.bitPattern)
    }
}
