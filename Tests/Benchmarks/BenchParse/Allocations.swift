import CAllocations
import BenchBodies
import Exposition
import Fixtures
import RemoteWrite
import Samples

/// Counts how often memory is asked for in the steady state, when a push like those before comes: parsed, brought into
/// canonical form, encoded.
struct Allocations {
    private static let rounds = 100

    private var batch = SampleBatch()
    private var encoder = WriteRequestEncoder()
    private var push = EncodedPush()
    private var reading = 0
    private var encoding = 0
    private let grouping = Grouping(
        job: Array("bench".utf8), labels: [.init(name: Array("node".utf8), value: Array("n1".utf8))])

    /// Prints the counts for bodies of every format; false where reading takes more than one in a hundred samples.
    static func report() throws -> Bool {
        var isConstant = true
        for kind in Kind.allCases {
            let few = try count(kind, samples: 1_000)
            let many = try count(kind, samples: 10_000)
            let readingGrows = many.reading > few.reading + 90
            let encodingGrows = many.encoding > few.encoding + 90
            isConstant = isConstant && !readingGrows
            print(
                "allocations a push of 1,000 and 10,000 samples: parse and canonicalize",
                "\(few.reading), \(many.reading)\(readingGrows ? " GROWS" : "")  encode",
                "\(few.encoding), \(many.encoding)\(encodingGrows ? " GROWS" : "")  \(kind.rawValue)")
        }
        return isConstant
    }

    /// The allocations of a round, once all memory has grown to its size.
    private static func count(_ kind: Kind, samples: Int) throws -> (reading: Int, encoding: Int) {
        let body = try kind.body(samples: samples)
        var parse = kind.parser
        var run = Allocations()
        for _ in 0..<10 { try run.round(body, &parse) }
        (run.reading, run.encoding) = (0, 0)
        for _ in 0..<rounds { try run.round(body, &parse) }
        return (run.reading / rounds, run.encoding / rounds)
    }

    private mutating func round(_ body: [UInt8], _ parse: inout (inout SampleBatch) throws -> Void) throws {
        let start = allocations_count()
        // As a pipeline does between pushes.
        batch.removeAll(keepingCapacityUpTo: 4 << 20)
        batch.arena.append(contentsOf: body)
        try parse(&batch)
        try batch.canonicalize(under: grouping)
        batch.addPushTime()
        try batch.arrange(receiptTime: 1_700_000_000_000)
        let read = allocations_count()
        encoder.encode(batch, grouping: grouping, receiptTime: 1_700_000_000_000, into: &push)
        reading += read - start
        encoding += allocations_count() - read
    }
}

extension Allocations {
    /// What a push is like.
    enum Kind: String, CaseIterable {
        case text
        case rewritten = "text, escapes and bounds that are not canonical"
        case wide = "text, 20 labels a series"
        case turns = "text, series whose labels have other names each time"
        case several = "text, 5 samples a series, each with a time of its own"
        case openMetrics = "OpenMetrics"
        case timestamps = "OpenMetrics, timestamps"
        case exemplars = "OpenMetrics, exemplars"
        case created = "OpenMetrics, start times"
        case protobuf = "protobuf"
        case protobufExemplars = "protobuf, exemplars"

        func body(samples: Int) throws -> [UInt8] {
            switch self {
            case .text: Fixtures.bigExposition(samples: samples)
            case .rewritten:
                Self.text(samples) { "r_bucket{path=\"C:\\\\\($0 / 10)\",le=\"\($0 % 10)\"} \($0)" }
            case .wide:
                Self.text(samples) { number in
                    "w{" + (0..<20).map { "label_\($0)=\"\(number)\"" }.joined(separator: ",") + "} 1"
                }
            case .turns: Self.text(samples) { "t{a=\"\($0)\",label_\($0 % 7)=\"x\"} 1" }
            case .several: Self.text(samples) { "s{a=\"\($0 / 5)\"} 1 \(1_000 + $0)" }
            case .openMetrics: Fixtures.bigOpenMetrics(samples: samples, .plain)
            case .timestamps: Fixtures.bigOpenMetrics(samples: samples, .timestamps)
            case .exemplars: Fixtures.bigOpenMetrics(samples: samples, .exemplars)
            case .created: Fixtures.bigOpenMetrics(samples: samples, .created)
            case .protobuf: try Delimited.body(of: Fixtures.bigExposition(samples: samples))
            case .protobufExemplars: Self.exemplars(samples)
            }
        }

        /// A parser of the format, which it keeps.
        var parser: (inout SampleBatch) throws -> Void {
            switch self {
            case .text, .rewritten, .wide, .turns, .several:
                var parser = TextParser()
                return { try parser.parse(&$0, canonicalBuckets: true) }
            case .openMetrics, .timestamps, .exemplars, .created:
                var parser = OpenMetricsParser()
                return { try parser.parse(&$0, canonicalBuckets: true) }
            case .protobuf, .protobufExemplars:
                var parser = ProtobufParser()
                return { try parser.parse(&$0) }
            }
        }

        private static func text(_ samples: Int, _ line: (Int) -> String) -> [UInt8] {
            Array(("# TYPE r histogram\n" + (0..<samples).map { line($0) + "\n" }.joined()).utf8)
        }

        private static func exemplars(_ samples: Int) -> [UInt8] {
            ProtobufWriter.message { body in
                body.family("c", type: 0) { family in
                    for number in 0..<samples {
                        family.metric([("a", String(number))]) { metric in
                            metric.message(3) { counter in
                                counter.double(1, 5)
                                counter.message(2) { exemplar in
                                    exemplar.label("trace_id", "0123456789abcdef")
                                    exemplar.label("span_id", "01234567")
                                    exemplar.double(2, 1)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
