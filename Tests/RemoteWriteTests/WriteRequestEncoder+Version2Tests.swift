import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW2: what version 2 messages look like (B12)")
struct WriteRequestEncoderVersion2Tests {
    private let everything = OutboundProfile(version: .v2, sendsExemplars: true, sendsNativeHistograms: true)
    private let start: Int64 = 1_699_999_999_000

    @Test func `the bytes are those of Prometheus`() {
        var batch = SampleBatch([
            PlainSeries(name: "m", labels: [PlainLabel("a", "b")], samples: [PlainSample(1.5, 1_700_000_000_000)])
        ])
        batch.families = [batch.family("m", .counter, help: "h")]
        let texts = batch.family("trace_id", .unknown, help: "x")
        batch.exemplarLabels = [LabelRange(name: texts.name, value: texts.help)]
        batch.exemplars = [Exemplar(labels: 0..<1, value: 0.5, timestamp: nil)]
        batch.samples[0].details = batch.add(SampleDetails(exemplars: 0..<1, startTimestamp: start))
        let push = batch.encoded(everything)
        #expect(push.bytes.hex == GoldenVectors.full)
        #expect(push.version == .v2 && push.samples == 1 && push.exemplars == 1 && push.histograms == 0)
    }

    @Test func `so are those of a native histogram`() {
        var batch = SampleBatch([PlainSeries(name: "h", samples: [PlainSample(18.4, nil)])])
        var histogram = NativeHistogram()
        histogram.count = .integer(7)
        histogram.sum = 18.4
        histogram.schema = 1
        histogram.zeroThreshold = 0.001
        histogram.zeroCount = .integer(2)
        histogram.positive = .init(spans: 0..<2, values: 0..<4)
        batch.spans = [.init(offset: 0, length: 2), .init(offset: 1, length: 2)]
        batch.deltas = [1, 1, -1, 0]
        batch.histograms = [histogram]
        batch.families = [batch.family("h", .histogram)]
        batch.samples[0].details = batch.add(SampleDetails(kind: .native(0), startTimestamp: start))
        let push = batch.encoded(everything)
        #expect(push.bytes.hex == GoldenVectors.nativeHistogram)
        #expect(push.samples == 1 && push.histograms == 1)
    }

    @Test func `what differs from series to series stands last, so that snappy finds the rest in one piece`() throws {
        var batch = SampleBatch(
            (0..<3).map { PlainSeries(name: "m", labels: [PlainLabel("a", "\($0)")], samples: [PlainSample(1.5, nil)]) }
        )
        batch.families = [batch.family("m", .counter, help: "h")]
        let push = batch.encoded(OutboundProfile(version: .v2))
        // Metadata, then the sample: its time, then its value.
        let tail = "2a0408011804" + "1210" + "1080d095ffbc31" + "09000000000000f83f"
        #expect(push.bytes.hex.hasSuffix(tail))
    }

    @Test(arguments: 0..<150)
    func `SwiftProtobuf decodes what went in, and symbols are just what is used`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let push = RandomPush(using: &random)
        let encoded = push.encoded(as: OutboundProfile(version: .v2))
        let series = try ResolvedSeries.all(encoded.bytes)
        #expect(series == push.resolved)
        guard !series.isEmpty else { return #expect(encoded.bytes.isEmpty) }
        let message = try Io_Prometheus_Write_V2_Request(serializedBytes: encoded.bytes)
        // The labels of the grouping are there even where the last series with them is not.
        #expect(Set(message.symbols.map { Array($0.utf8) }) == ResolvedSeries.texts(series))
        #expect(encoded.samples == series.reduce(0) { $0 + $1.samples.count })
        #expect(encoded.latestTimestamp == series.flatMap(\.samples).compactMap(\.timestamp).max() ?? .min)
        var batch = SampleBatch(push.series)
        batch.families = []
        #expect(encoded.bytes.count <= WriteRequestEncoder.largestSize(of: batch, under: push.grouping))
        #expect((try? WriteRequestReader.read(encoded.bytes, version: .v2).count) == series.count)
    }

    @Test(arguments: 0..<20)
    func `an encoder and a push may be used again`(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var encoder = WriteRequestEncoder(OutboundProfile(version: .v2))
        var encoded = EncodedPush()
        for _ in 0..<10 {
            let push = RandomPush(using: &random)
            encoder.encode(
                SampleBatch(push.series), grouping: push.grouping, receiptTime: push.receiptTime, into: &encoded)
            #expect(encoded.bytes == push.encoded(as: OutboundProfile(version: .v2)).bytes)
        }
    }

    @Test func `start times go along in runs too, and series that said them do not`() throws {
        var batch = SampleBatch(
            (0..<40).map { PlainSeries(name: "m", labels: [PlainLabel("a", "\($0)")], samples: [PlainSample(1, 9)]) }
                + [PlainSeries(name: "m_created", samples: [PlainSample(1, 9)])])
        for index in 0..<40 where index % 3 > 0 {
            batch.samples[index].details = batch.add(SampleDetails(startTimestamp: index % 3 == 1 ? 5 : -7))
        }
        batch.samples[40].details = batch.add(SampleDetails(kind: .created))
        let series = try ResolvedSeries.all(batch.encoded().bytes)
        #expect(series.map(\.name) == Array(repeating: "m", count: 40))
        #expect(series.map(\.starts) == (0..<40).map { [[0, 5, -7][$0 % 3]] })
        #expect(batch.encoded(OutboundProfile()).samples == 41)
    }

    @Test func `numbers and native histograms of one series are in messages of their own`() throws {
        var batch = SampleBatch([PlainSeries(name: "h", samples: [PlainSample(1, 5), PlainSample(2, 6)])])
        batch.histograms = [NativeHistogram()]
        batch.exemplars = [
            Exemplar(labels: 0..<0, value: 1, timestamp: 5), Exemplar(labels: 0..<0, value: 2, timestamp: 6),
        ]
        batch.samples[0].details = batch.add(SampleDetails(exemplars: 0..<1))
        batch.samples[1].details = batch.add(SampleDetails(kind: .native(0), exemplars: 1..<2))
        let series = try ResolvedSeries.all(batch.encoded(everything).bytes)
        #expect(series.map(\.samples.count) == [1, 0] && series.map(\.histograms.count) == [0, 1])
        #expect(series.map(\.exemplarValues) == [[1], [2]])
        #expect(series.map(\.name) == ["h", "h"])
    }

    @Test func `an empty batch is an empty message`() {
        #expect(encode([], profile: OutboundProfile(version: .v2)).bytes.isEmpty)
    }
}
