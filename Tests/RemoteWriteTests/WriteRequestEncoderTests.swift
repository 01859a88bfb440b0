import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW1: what version 1 messages look like (B7, B9, B13, G9)")
struct WriteRequestEncoderTests {
    static let stale = Double(bitPattern: 0x7ff0_0000_0000_0002)

    @Test(arguments: [
        (
            PlainSeries(name: "m", labels: [PlainLabel("a", "b")], samples: [PlainSample(1.5, 1_700_000_000_000)]),
            GoldenVectors.sample
        ),
        (PlainSeries(name: "m", samples: [PlainSample(stale, 1_700_000_000_000)]), GoldenVectors.stale),
        (PlainSeries(name: "m", samples: [PlainSample(0, 0)]), GoldenVectors.zero),
        (PlainSeries(name: "m", samples: [PlainSample(1, -1)]), GoldenVectors.negativeTime),
    ])
    func `the bytes are those of Prometheus`(series: PlainSeries, golden: String) {
        #expect(encode([series]).bytes.hex == golden)
        // Twice the same names make a template, which has to give the same bytes.
        #expect(encode([series, series, series]).bytes.hex == golden + golden + golden)
    }

    @Test func `labels are sorted by bytes, and the name is not always the first`() throws {
        let series = PlainSeries(
            name: "m", labels: [PlainLabel("a", "1"), PlainLabel("Z", "2"), PlainLabel("é", "3")],
            samples: [PlainSample(1, 1)])
        let grouping = Grouping("j", [PlainLabel("A", "4"), PlainLabel("zone", "5")])
        for count in 1...3 {
            let push = encode(Array(repeating: series, count: count), under: grouping)
            for series in try Prometheus_WriteRequest(serializedBytes: push.bytes).timeseries {
                #expect(series.labels.map(\.name) == ["A", "Z", "__name__", "a", "job", "zone", "é"])
                #expect(series.labels.map(\.value) == ["4", "2", "m", "1", "j", "5", "3"])
            }
        }
    }

    @Test func `grouping labels without a value are absent`() throws {
        let push = encode(
            [PlainSeries(name: "m", samples: [PlainSample(1, 1)])],
            under: Grouping("", [PlainLabel("instance", ""), PlainLabel("a", "b")]))
        let request = try Prometheus_WriteRequest(serializedBytes: push.bytes)
        #expect(request.timeseries.first?.labels.map(\.name) == ["__name__", "a"])
    }

    @Test func `a sample without a time has the time of receipt`() throws {
        let push = encode(
            [
                PlainSeries(name: "m", samples: [PlainSample(1, nil)]),
                PlainSeries(name: "n", samples: [PlainSample(2, 5)]),
            ],
            receiptTime: 77)
        let times = try Prometheus_WriteRequest(serializedBytes: push.bytes).timeseries.map { $0.samples[0].timestamp }
        #expect(times == [77, 5])
        #expect(push.latestTimestamp == 77)
        #expect(push.samples == 2)
    }

    @Test func `minus zero and every NaN keep their bits`() throws {
        for bits: UInt64 in [0x8000_0000_0000_0000, 0x7ff8_0000_0000_0001, 0x7ff0_0000_0000_0002] {
            let push = encode([PlainSeries(name: "m", samples: [PlainSample(Double(bitPattern: bits), 1)])])
            let request = try Prometheus_WriteRequest(serializedBytes: push.bytes)
            #expect(request.timeseries[0].samples[0].value.bitPattern == bits)
        }
    }

    @Test func `an empty batch is an empty message`() {
        let push = encode([])
        #expect(push.bytes.isEmpty)
        #expect(push.samples == 0)
        #expect(push.latestTimestamp == .min)
    }

    @Test func `what was in the push before is replaced`() {
        var push = encode([PlainSeries(name: String(repeating: "n", count: 5000), samples: [PlainSample(1, 1)])])
        var encoder = WriteRequestEncoder()
        let batch = SampleBatch([PlainSeries(name: "m", samples: [PlainSample(0, 0)])])
        encoder.encode(batch, grouping: Grouping(""), receiptTime: 0, into: &push)
        #expect(push.bytes.hex == GoldenVectors.zero)
        #expect(push.samples == 1)
        #expect(push.latestTimestamp == 0)
    }

    @Test(arguments: 0..<150)
    func `SwiftProtobuf decodes what went in and encodes the same bytes`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let push = RandomPush(using: &random)
        let encoded = encode(push.series, under: push.grouping, receiptTime: push.receiptTime)
        let expected = push.message
        // Messages with a NaN are not equal to themselves; their bytes are.
        let decoded = try Prometheus_WriteRequest(serializedBytes: encoded.bytes)
        #expect(try decoded.serializedBytes() as [UInt8] == expected.serializedBytes())
        #expect(try expected.serializedBytes() as [UInt8] == encoded.bytes)
        let samples = expected.timeseries.flatMap(\.samples)
        #expect(encoded.samples == samples.count)
        #expect(encoded.latestTimestamp == samples.map(\.timestamp).max() ?? .min)
    }

    @Test(arguments: 0..<20)
    func `pushes one behind the other are one message`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var bytes: [UInt8] = []
        var expected = Prometheus_WriteRequest()
        for _ in 0..<5 {
            let push = RandomPush(using: &random)
            bytes += encode(push.series, under: push.grouping, receiptTime: push.receiptTime).bytes
            expected.timeseries += push.message.timeseries
        }
        let decoded = try Prometheus_WriteRequest(serializedBytes: bytes)
        #expect(try decoded.serializedBytes() as [UInt8] == expected.serializedBytes())
    }

    @Test(arguments: 0..<20)
    func `an encoder and a push may be used again`(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var encoder = WriteRequestEncoder()
        var encoded = EncodedPush()
        for _ in 0..<10 {
            let push = RandomPush(using: &random)
            encoder.encode(
                SampleBatch(push.series), grouping: push.grouping, receiptTime: push.receiptTime, into: &encoded)
            let fresh = encode(push.series, under: push.grouping, receiptTime: push.receiptTime)
            #expect(encoded.bytes == fresh.bytes)
        }
    }
}
