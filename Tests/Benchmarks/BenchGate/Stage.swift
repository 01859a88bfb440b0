import BenchBodies
import Bytes
import Compression
import Exposition
import Fixtures
import Relabeling
import RemoteWrite
import Samples
import Settings

/// A stage of a push's way, with a workload that never changes: 2,000 samples a round, most labels with values of their own.
enum Stage: String, CaseIterable {
    case scan, number, text, openmetrics, protobuf, relabel
    case encodeV1 = "encode-v1"
    case encodeV2 = "encode-v2"
    case snappy, offer, pipeline, scrape

    private static let samples = 2_000
    private static let receiptTime: Int64 = 1_700_000_000_000

    /// Does its work so many times; what it needs for that takes the same whatever the number.
    func run(rounds: Int) throws {
        switch self {
        case .scan: scan(rounds)
        case .number: number(rounds)
        case .text:
            var parser = TextParser()
            try read(rounds, Self.body, TextParser.largestSize) { try parser.parse(&$0, canonicalBuckets: true) }
        case .openmetrics:
            var parser = OpenMetricsParser()
            let body = Fixtures.bigOpenMetrics(samples: Self.samples, .timestamps)
            try read(rounds, body, OpenMetricsParser.largestSize) { try parser.parse(&$0, canonicalBuckets: true) }
        case .protobuf:
            var parser = ProtobufParser()
            try read(rounds, Delimited.body(of: Self.body), ProtobufParser.largestSize) { try parser.parse(&$0) }
        case .relabel: try relabel(rounds)
        case .encodeV1: try encode(rounds, .v1)
        case .encodeV2: try encode(rounds, .v2)
        case .snappy: try compress(rounds)
        case .offer: try offer(rounds)
        case .pipeline: try push(rounds)
        case .scrape: try scrape(rounds)
        }
    }

    static var body: [UInt8] { Fixtures.bigExposition(samples: samples) }
    static let grouping = Grouping(
        job: Array("bench".utf8), labels: [.init(name: Array("node".utf8), value: Array("n1".utf8))])

    /// The body as it is encoded.
    private static func batch(keepingHashes: Bool = false) throws -> SampleBatch {
        var batch = SampleBatch()
        batch.arena = body
        var parser = TextParser()
        try parser.parse(&batch, canonicalBuckets: true)
        try batch.canonicalize(under: grouping, keepingHashes: keepingHashes)
        return batch
    }

    private func scan(_ rounds: Int) {
        let body = Self.body
        var found = 0
        for _ in 0..<rounds {
            found &+= BlockScanner.occurrences(of: UInt8(ascii: "\""), in: body.span)
            var start = 0
            while start < body.count {
                start = BlockScanner.find(UInt8(ascii: "\n"), in: body.span, from: start) + 1
                found &+= 1
            }
        }
        precondition(rounds == 0 || found > 0, "there are lines")
    }

    private func number(_ rounds: Int) {
        let texts = (0..<Self.samples).map { ["\($0)", "\(Double($0) / 7)", "\($0)e-3", "0.\($0)"][$0 % 4] }
        let bytes = Array((texts.joined(separator: "\n") + "\n").utf8)
        var sum = 0.0
        for _ in 0..<rounds {
            var start = 0
            while start < bytes.count {
                let (value, end) = DecimalNumber.scan(bytes.span, from: start)
                sum += value
                start = end + 1
            }
        }
        precondition(!sum.isNaN, "all are numbers")
    }

    private func read(
        _ rounds: Int, _ body: [UInt8], _ largestSize: (borrowing Span<UInt8>) -> Int,
        parse: (inout SampleBatch) throws -> Void
    ) throws {
        var batch = SampleBatch()
        for _ in 0..<rounds {
            batch.removeAll(keepingCapacityUpTo: 1 << 30)
            precondition(largestSize(body.span) > 0, "a body takes memory")
            batch.arena.append(contentsOf: body)
            try parse(&batch)
            try batch.canonicalize(under: Self.grouping)
        }
    }

    private func relabel(_ rounds: Int) throws {
        var settings = Settings()
        settings.push.pushgateway.relabelRules = Rules.changing
        settings.remoteWrite = [DestinationSettings(url: "http://far.test")]
        let relabeler = try Relabelings(settings).relabelers[0]
        var batch = try Self.batch(keepingHashes: true)
        let (arena, labels) = (batch.arena.count, batch.labels.count)
        var out = RelabeledSeries()
        for _ in 0..<rounds {
            relabeler?.relabel(&batch, under: Self.grouping, into: &out) { _ in }
            batch.arena.removeLast(batch.arena.count - arena)
            batch.labels.removeLast(batch.labels.count - labels)
        }
    }

    private func encode(_ rounds: Int, _ version: RemoteWriteVersion) throws {
        let batch = try Self.batch()
        var encoder = WriteRequestEncoder(OutboundProfile(version: version))
        var push = EncodedPush()
        for _ in 0..<rounds {
            encoder.encode(batch, grouping: Self.grouping, receiptTime: Self.receiptTime, into: &push)
        }
    }

    private func compress(_ rounds: Int) throws {
        var (encoder, push, block) = (WriteRequestEncoder(), EncodedPush(), [UInt8]())
        encoder.encode(try Self.batch(), grouping: Self.grouping, receiptTime: Self.receiptTime, into: &push)
        for _ in 0..<rounds {
            block.removeAll(keepingCapacity: true)
            Snappy.compress(push.bytes.span, into: &block)
        }
    }
}
