import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("An encoded push without old samples")
struct EncodedPushAgeTests {
    private let push = encode([
        PlainSeries(name: "old", samples: [PlainSample(1, 10)]),
        PlainSeries(name: "mixed", samples: [PlainSample(2, 10), PlainSample(3, 20), PlainSample(4, 30)]),
        PlainSeries(name: "young", samples: [PlainSample(5, 30)]),
    ])

    private func removing(before time: Int64, from push: EncodedPush) -> (bytes: [UInt8], removed: EncodedPart) {
        let place = EncodedPlace(version: push.version, in: push.bytes.span)
        return EncodedPush.removing(samplesBefore: time, from: push.bytes.span, place)
    }

    @Test(arguments: [(0, 0, [1.0, 2, 3, 4, 5]), (20, 2, [3, 4, 5]), (30, 3, [4, 5]), (31, 5, [])])
    func `has those at and behind a time`(time: Int64, removed: Int, values: [Double]) throws {
        let rest = removing(before: time, from: push)
        let request = try Prometheus_WriteRequest(serializedBytes: rest.bytes)
        #expect(rest.removed.samples == removed && rest.removed.histograms == 0 && rest.removed.exemplars == 0)
        #expect(request.timeseries.flatMap { $0.samples.map(\.value) } == values)
        #expect(request.timeseries.allSatisfy { !$0.samples.isEmpty && $0.labels.count == 1 })
        if removed == 0 { #expect(rest.bytes == push.bytes) }
    }

    @Test func `a time of zero, which is not written, counts as zero`() {
        let zero = encode([PlainSeries(name: "z", samples: [PlainSample(1, 0)])])
        #expect(removing(before: 0, from: zero).removed.samples == 0)
        #expect(removing(before: 1, from: zero).removed.samples == 1)
    }

    @Test func `of version 2 keeps its symbols`() throws {
        let push = encode(
            [
                PlainSeries(name: "old", samples: [PlainSample(1, 10)]),
                PlainSeries(name: "mixed", samples: [PlainSample(2, 10), PlainSample(3, 20)]),
            ], profile: OutboundProfile(version: .v2))
        let head = EncodedPlace(version: .v2, in: push.bytes.span).head
        let rest = removing(before: 20, from: push)
        #expect(rest.removed.samples == 2)
        let series = try ResolvedSeries.all(Array(push.bytes[..<head]) + rest.bytes)
        #expect(series.map(\.name) == ["mixed"])
        #expect(series[0].samples == [PlainSample(3, 20)])
    }
}
