import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW1: metadata of families (B12)")
struct ArrayMetadataTests {
    @Test func `stands behind the series as Prometheus writes it`() throws {
        var batch = SampleBatch([PlainSeries(name: "m", samples: [PlainSample(1, 1)])])
        let text = { (text: String) -> ByteRange in
            defer { batch.arena += Array(text.utf8) }
            return ByteRange(offset: batch.arena.count, count: text.utf8.count)
        }
        let types: [MetricType] = [
            .unknown, .counter, .gauge, .histogram, .gaugeHistogram, .summary, .info, .stateset,
        ]
        for type in types {
            batch.families.append(
                Family(name: text("f\(type.rawValue)"), type: type, help: text("Größe."), unit: text("seconds")))
        }
        batch.families.append(Family(name: text("bare"), type: .gauge))
        var push = EncodedPush()
        var encoder = WriteRequestEncoder()
        let grouping = Grouping("j")
        encoder.encode(batch, grouping: grouping, receiptTime: 0, into: &push)
        encoder.append(metadataOf: Array(batch.families.indices), of: batch, to: &push)
        #expect(push.bytes.count <= WriteRequestEncoder.largestSize(of: batch, under: grouping))
        let request = try Prometheus_WriteRequest(serializedBytes: push.bytes)
        #expect(request.timeseries.count == 1)
        #expect(request.metadata.map(\.metricFamilyName) == types.map { "f\($0.rawValue)" } + ["bare"])
        #expect(request.metadata.map(\.type.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 2])
        #expect(request.metadata[1].help == "Größe." && request.metadata[1].unit == "seconds")
        #expect(request.metadata[8].help == "" && request.metadata[8].unit == "")
    }
}
