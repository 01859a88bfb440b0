import Fixtures
import Samples
import Testing

@testable import RemoteWrite

@Suite("Series written alone and in runs")
struct SeriesWriterTests {
    /// The bytes of a push when each series is written alone.
    private func alone(_ series: [PlainSeries], under grouping: Grouping) -> [UInt8] {
        let batch = SampleBatch(series)
        let fixed = FixedLabels(grouping)
        var writer = SeriesWriter(reusing: [], receiptTime: 1_700_000_000_000, profile: OutboundProfile())
        while writer.next < batch.series.count { writer.writeAlone(batch, under: fixed) }
        return writer.finish()
    }

    /// Two series of the same names whose texts have these lengths.
    private func pair(name: Int, label: Int, value: Int, samples: Int = 1) -> [PlainSeries] {
        let series = PlainSeries(
            name: String(repeating: "n", count: name),
            labels: [PlainLabel(String(repeating: "l", count: label), String(repeating: "v", count: value))],
            samples: (0..<samples).map { PlainSample(1, Int64($0)) })
        return [series, series]
    }

    @Test(arguments: [1, 7, 8, 9, 16, 17, 100, 113, 114, 115, 116, 122, 123, 124, 127, 128, 129, 300, 17_000])
    func `lengths around the sizes of varints and blocks are the same both ways`(length: Int) {
        for series in [
            pair(name: length, label: 1, value: 1), pair(name: 1, label: length, value: 1),
            pair(name: 1, label: 1, value: length),
        ] {
            #expect(encode(series).bytes == alone(series, under: Grouping("")))
        }
    }

    @Test func `messages around 128 and 16384 bytes are the same both ways`() {
        for value in 60...100 {
            let series = pair(name: 1, label: 1, value: value) + pair(name: 1, label: 1, value: 160 - value)
            #expect(encode(series).bytes == alone(series, under: Grouping("")))
        }
        for samples in 700...1000 where samples % 20 < 3 {
            let series = pair(name: 1, label: 1, value: 1, samples: samples)
            #expect(encode(series).bytes == alone(series, under: Grouping("")))
        }
    }

    @Test(arguments: 0..<60)
    func `random pushes are the same both ways`(seed: Int) {
        var random = SplitMix(state: UInt64(1000 + seed))
        let push = RandomPush(using: &random)
        let together = encode(push.series, under: push.grouping)
        #expect(together.bytes == alone(push.series, under: push.grouping))
    }

    @Test func `series that are alike are written in one run`() throws {
        let series = (0..<100).map { index in
            PlainSeries(name: "m", labels: [PlainLabel("a", "\(index)")], samples: [PlainSample(1, nil)])
        }
        let batch = SampleBatch(series)
        let fixed = FixedLabels(Grouping("a job of some length"))
        var shapes = KnownShapes()
        let known = shapes.shape(of: 0, in: batch, under: fixed)
        let shape = try #require(known)
        var writer = SeriesWriter(reusing: [], receiptTime: 0, profile: OutboundProfile())
        writer.lengthSize = 1
        writer.makeRoom(for: 100_000, in: batch)
        writer.writeRun(batch, as: shape)
        #expect(writer.next == 100)
        #expect(writer.samples == 100)
    }
}
