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
        var writer = SeriesWriter(
            batch.series.indices, reusing: [], receiptTime: 1_700_000_000_000, profile: OutboundProfile())
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
        var writer = SeriesWriter(
            batch.series.indices, reusing: [], receiptTime: 0, profile: OutboundProfile())
        writer.lengthSize = 1
        writer.makeRoom(for: 100_000)
        writer.writeRun(batch, as: shape)
        #expect(writer.next == 100)
        #expect(writer.samples == 100)
    }

    /// The series of a version 2 message that each was written alone for.
    private func referring(_ series: [PlainSeries], under grouping: Grouping) throws -> [ResolvedSeries] {
        var fixed = FixedLabels(grouping)
        let batch = SampleBatch(series)
        var writer = SeriesWriter(
            batch.series.indices, reusing: [], receiptTime: 1_700_000_000_000, profile: OutboundProfile(version: .v2))
        writer.symbols = SymbolTable()
        fixed.refer(to: &writer.symbols)
        while writer.next < batch.series.count { writer.writeAlone(batch, under: fixed) }
        writer.writeSymbols()
        return try ResolvedSeries.all(writer.finish())
    }

    @Test(arguments: 0..<60)
    func `random pushes are the same series both ways in version 2`(seed: Int) throws {
        var random = SplitMix(state: UInt64(2000 + seed))
        let push = RandomPush(using: &random)
        let together = encode(push.series, under: push.grouping, profile: OutboundProfile(version: .v2))
        #expect(try ResolvedSeries.all(together.bytes) == referring(push.series, under: push.grouping))
    }

    @Test(arguments: [1, 3, 120, 140, 16_500])
    func `series that are alike but for values, times and lengths of references are written as they are`(
        values: Int
    ) throws {
        let series = (0..<max(2 * values, 400)).map { varied($0, values: values) }
        let grouping = Grouping("job", [PlainLabel("b2", "between")])
        let together = encode(series, under: grouping, profile: OutboundProfile(version: .v2))
        #expect(try ResolvedSeries.all(together.bytes) == referring(series, under: grouping))
        #expect(together.samples == series.reduce(0) { $0 + $1.samples.count })
    }

    /// One of many series that are alike, mostly.
    private func varied(_ index: Int, values: Int) -> PlainSeries {
        let long = index % 61 == 0 ? String(repeating: "long", count: 40) : "x"
        let labels = [
            PlainLabel("a", "value \(index % values)"), PlainLabel("b", "\(index % 2)"), PlainLabel("c", long),
        ]
        let number = [1, 0, -0.0, 7.5, 1][index % 5]
        let time: Int64? = index % 23 == 0 ? Int64(index) : nil
        let samples = index % 37 == 0 ? [PlainSample(1, 1), PlainSample(2, 2)] : [PlainSample(number, time)]
        return PlainSeries(name: "m\(index / 50 % 3)", labels: labels, samples: samples)
    }
}
