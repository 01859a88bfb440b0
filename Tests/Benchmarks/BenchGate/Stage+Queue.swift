import Compression
import Delivery
import Exposition
import Fixtures
import Logging
import Relabeling
import RemoteWrite
import Samples
import Settings
import Telemetry

// The stages that end in a queue, which nobody empties.
extension Stage {
    /// Nothing is carried.
    struct Nowhere: Transport {
        func wake() {}
    }

    private static func outbox() throws -> Outbox {
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "http://far.test/write")]
        let metrics = Metrics(build: BuildInfo(version: "1", swiftVersion: "2", revision: "3"), destinations: ["far"])
        let destination = Destination(
            settings: settings.remoteWrite[0], acknowledgeTimeout: .seconds(5), metrics: metrics.destinations[0],
            logger: Logger(label: "bench"))
        return Outbox(destinations: [destination], transport: Nowhere(), relabelings: try Relabelings(settings))
    }

    /// Offers a push of ten samples two hundred times a round: what a request holds is sealed with that.
    func offer(_ rounds: Int) throws {
        var way = Way(try Self.outbox())
        try way.prepare(Fixtures.bigExposition(samples: 10))
        for _ in 0..<200 * rounds { try way.offer() }
    }

    /// Takes a push of 2,000 samples and twenty of ten samples a round from their bytes into the queue.
    func push(_ rounds: Int) throws {
        var way = Way(try Self.outbox())
        let (large, small) = (Self.body, Fixtures.bigExposition(samples: 10))
        for _ in 0..<rounds {
            try way.prepare(large)
            try way.offer()
            for _ in 0..<20 {
                try way.prepare(small)
                try way.offer()
            }
        }
    }

    /// The way of a push from its body to the queue, as `PushPipeline` has it.
    private struct Way {
        private let outbox: Outbox
        private var batch = SampleBatch()
        private var parser = TextParser()
        private var encoder: WriteRequestEncoder
        private var push = EncodedPush()
        private var time: Int64 = 0

        init(_ outbox: Outbox) {
            self.outbox = outbox
            encoder = WriteRequestEncoder(outbox.profiles[0])
        }

        mutating func prepare(_ body: [UInt8]) throws {
            batch.removeAll(keepingCapacityUpTo: 4 << 20)
            batch.arena.append(contentsOf: body)
            precondition(TextParser.largestSize(of: batch.arena.span) > 0, "a body takes memory")
            try parser.parse(&batch, canonicalBuckets: true)
            try batch.canonicalize(under: grouping)
            batch.addPushTime()
            precondition(WriteRequestEncoder.largestSize(of: batch, under: grouping) > 0, "a batch takes memory")
            stamp()
            encoder.encode(batch, grouping: grouping, receiptTime: time, into: &push)
        }

        mutating func offer() throws {
            stamp()
            let offer = Offer(
                group: grouping.hash, job: "bench", receiptTime: time, acknowledgement: Acknowledgement { _ in })
            _ = try outbox.offer([push], as: offer)
        }

        private mutating func stamp() {
            time = outbox.receiptTime(group: grouping.hash, now: 1_700_000_000_000)
        }
    }
}
