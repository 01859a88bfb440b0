import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("Version 2 messages as version 1")
struct Version1TranscoderTests {
    private func transcode(_ bytes: [UInt8]) -> Version1Transcoder {
        Version1Transcoder(EncodedPlace(version: .v2, in: bytes.span), of: bytes.span)
    }

    @Test(arguments: 0..<60)
    func `random pushes are what version 1 would have been`(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let push = RandomPush(using: &random)
        let version2 = push.encoded(as: OutboundProfile(version: .v2)).bytes
        let transcoder = transcode(version2)
        #expect(transcoder.bytes == push.encoded(as: OutboundProfile()).bytes)
        let place = EncodedPlace(version: .v2, in: version2.span)
        #expect(Version1Transcoder.size(place, of: version2.span) >= transcoder.bytes.count / 2)
    }

    @Test func `an exemplar goes along, a start time does not, and metadata becomes the family's`() throws {
        var transcoder = transcode([UInt8](hex: GoldenVectors.full))
        for family in transcoder.families { transcoder.append(family) }
        let request = try Prometheus_WriteRequest(serializedBytes: transcoder.bytes)
        let series = try #require(request.timeseries.first)
        #expect(series.labels.map { [$0.name, $0.value] } == [["__name__", "m"], ["a", "b"]])
        #expect(series.samples.map(\.value) == [1.5] && series.samples.map(\.timestamp) == [1_700_000_000_000])
        #expect(series.exemplars.map(\.value) == [0.5])
        #expect(series.exemplars.first?.labels.map { [$0.name, $0.value] } == [["trace_id", "x"]])
        #expect(request.metadata.map(\.metricFamilyName) == ["m"] && request.metadata.map(\.help) == ["h"])
        #expect(request.metadata.map(\.type) == [.counter])
        #expect(series.unknownFields.data.isEmpty && series.samples.allSatisfy(\.unknownFields.data.isEmpty))
    }

    @Test func `a native histogram stays as it is`() throws {
        let series = try #require(
            try Prometheus_WriteRequest(serializedBytes: transcode([UInt8](hex: GoldenVectors.nativeHistogram)).bytes)
                .timeseries.first)
        let histogram = try #require(series.histograms.first)
        #expect(histogram.count == .countInt(7) && histogram.sum == 18.4 && histogram.schema == 1)
        #expect(histogram.positiveDeltas == [1, 1, -1, 0] && histogram.timestamp == 1_700_000_000_000)
        #expect(histogram.unknownFields.data.isEmpty)
    }

    @Test(arguments: [
        (MetricType.histogram, ["h_bucket", "h_sum", "h_count"], ["h"]), (.summary, ["h", "h_sum"], ["h"]),
        (.counter, ["h_total"], ["h_total"]), (.gaugeHistogram, ["h_gsum"], ["h"]), (.gauge, ["h_sum"], ["h_sum"]),
    ])
    func `the name of a family is worked out`(type: MetricType, names: [String], families: [String]) throws {
        var batch = SampleBatch(names.map { PlainSeries(name: $0, samples: [PlainSample(1, 1)]) })
        let name = batch.arena.count
        batch.arena += Array(families[0].utf8)
        batch.families = [Family(name: ByteRange(offset: name, count: families[0].utf8.count), type: type)]
        var push = EncodedPush()
        var encoder = WriteRequestEncoder(OutboundProfile(version: .v2))
        encoder.encode(batch, grouping: Grouping("j"), receiptTime: 1, into: &push)
        #expect(transcode(push.bytes).families.map { String(decoding: $0.name, as: UTF8.self) } == families)
    }
}
