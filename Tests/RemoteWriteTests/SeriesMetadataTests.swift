import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW2: metadata with each series")
struct SeriesMetadataTests {
    /// The series `names` under one family, encoded.
    private func types(_ names: [String], family: String, _ type: MetricType) throws -> [Int?] {
        var batch = SampleBatch(names.map { PlainSeries(name: $0, samples: [PlainSample(1, 1)]) })
        batch.families = [batch.family(family, type, help: "Help.", unit: "seconds")]
        let series = try ResolvedSeries.all(batch.encoded().bytes)
        for series in series where series.type != nil { #expect(series.help == "Help." && series.unit == "seconds") }
        return series.map(\.type)
    }

    @Test(
        arguments: [
            (MetricType.counter, ["x", "x_total", "x_count", "y", "xx"], [1, 1, nil, nil, nil]),
            (.histogram, ["x_bucket", "x_sum", "x_count", "x", "x_total", "_sum"], [3, 3, 3, 3, nil, nil]),
            (.gaugeHistogram, ["x_bucket", "x_gsum", "x_gcount"], [4, 4, 4]),
            (.summary, ["x", "x_sum", "x_count", "x_bucket"], [5, 5, 5, nil]), (.info, ["x_info"], [6]),
            (.stateset, ["x"], [7]), (.gauge, ["x", "x_sum"], [2, nil]),
        ] as [(MetricType, [String], [Int?])])
    func `goes by the name, or by a suffix that the type knows`(
        type: MetricType, names: [String], expected: [Int?]
    ) throws {
        #expect(try types(names, family: "x", type) == expected)
        // Each name twice makes a run.
        let twice = names.flatMap { [$0, $0] }
        #expect(try types(twice, family: "x", type) == expected.flatMap { [$0, $0] })
    }

    @Test func `a family of its own comes before a suffix`() throws {
        var batch = SampleBatch([PlainSeries(name: "x_count", samples: [PlainSample(1, 1)])])
        batch.families = [batch.family("x", .histogram), batch.family("x_count", .gauge)]
        #expect(try ResolvedSeries.all(batch.encoded().bytes).map(\.type) == [2])
    }

    @Test func `of nothing known nothing is said`() throws {
        var batch = SampleBatch([PlainSeries(name: "x", samples: [PlainSample(1, 1)])])
        batch.families = [batch.family("x", .unknown)]
        #expect(try ResolvedSeries.all(batch.encoded().bytes).map(\.type) == [nil])
    }

    @Test func `many families are each found`() throws {
        var batch = SampleBatch((0..<300).map { PlainSeries(name: "m\($0)", samples: [PlainSample(1, 1)]) })
        for index in 0..<300 { batch.families.append(batch.family("m\(index)", .gauge, help: "Help \(index).")) }
        let series = try ResolvedSeries.all(batch.encoded().bytes)
        #expect(series.map(\.help) == (0..<300).map { "Help \($0)." })
    }
}

extension SampleBatch {
    mutating func family(_ name: String, _ type: MetricType, help: String = "", unit: String = "") -> Family {
        let ranges = [name, help, unit].map { text in
            defer { arena += Array(text.utf8) }
            return ByteRange(offset: arena.count, count: text.utf8.count)
        }
        return Family(name: ranges[0], type: type, help: ranges[1], unit: ranges[2])
    }

    func encoded(_ profile: OutboundProfile = OutboundProfile(version: .v2)) -> EncodedPush {
        var push = EncodedPush()
        var encoder = WriteRequestEncoder(profile)
        encoder.encode(self, grouping: Grouping(""), receiptTime: 1_700_000_000_000, into: &push)
        return push
    }
}
