import BenchBodies
import Exposition
import Fixtures
import Foundation
import Samples

// What parsing and canonicalizing a push costs, in nanoseconds of CPU a sample: as text, as delimited protobuf, the same
// lines as OpenMetrics, and those with timestamps, exemplars or start times. Build it for release:
//
//     PUSH_COLLECTOR_BENCH=1 swift run -c release BenchParse
//
// With the argument `allocations` it counts instead how often a push asks for memory; with another, for a profile, it
// runs only the formats whose names begin with it.

/// The CPU time of this thread in nanoseconds.
func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// A body, and the best times of its stages.
struct Run {
    var format: String
    var body: [UInt8]
    var parse: (inout SampleBatch) throws -> Void
    /// Counts what the body will take.
    var count: ((borrowing Span<UInt8>) -> Int)?

    private var best = (count: Int.max, copy: Int.max, parse: Int.max, canonicalize: Int.max)
    private var batch = SampleBatch()
    private let grouping = Grouping(
        job: Array("bench".utf8), labels: [.init(name: Array("node".utf8), value: Array("n1".utf8))])

    init(_ format: String, _ body: [UInt8], parse: @escaping (inout SampleBatch) throws -> Void) {
        self.format = format
        self.body = body
        self.parse = parse
    }

    mutating func measure() throws {
        batch.removeAll(keepingCapacityUpTo: 1 << 30)
        let beginning = now()
        if let count { precondition(count(body.span) > 0, "a body takes memory") }
        let start = now()
        batch.arena.append(contentsOf: body)
        let copied = now()
        try parse(&batch)
        let parsed = now()
        try batch.canonicalize(under: grouping)
        let done = now()
        best.count = min(best.count, start - beginning)
        best.copy = min(best.copy, copied - start)
        best.parse = min(best.parse, parsed - copied)
        best.canonicalize = min(best.canonicalize, done - parsed)
    }

    func report() {
        let samples = batch.samples.count
        let line = [
            format, "samples \(samples)", "bytes/sample \(body.count / samples)", "parse \(best.parse * 10 / samples)",
            "canonicalize \(best.canonicalize * 10 / samples)", "copy \(best.copy * 10 / samples)",
            count == nil ? "" : "count \(best.count * 10 / samples)",
            "parse+canonicalize \((best.parse + best.canonicalize) * 10 / samples) (tenths of ns a sample)",
        ]
        print(line.filter { !$0.isEmpty }.joined(separator: "  "))
    }
}

if CommandLine.arguments.dropFirst() == ["allocations"] { exit(try Allocations.report() ? 0 : 1) }

for samples in [10, 100, 10_000] {
    let text = Fixtures.bigExposition(samples: samples)
    var textParser = TextParser()
    var protobufParser = ProtobufParser()
    var timedParser = TextParser()
    var openMetricsParser = OpenMetricsParser()
    var runs = [
        Run("text", text) { try textParser.parse(&$0, canonicalBuckets: true) },
        Run("text, timestamps,", Fixtures.bigTimedExposition(samples: samples)) {
            try timedParser.parse(&$0, canonicalBuckets: true)
        },
        Run("protobuf", try Delimited.body(of: text)) { try protobufParser.parse(&$0) },
    ]
    for index in 0...1 { runs[index].count = { TextParser.largestSize(of: $0) } }
    runs[2].count = { ProtobufParser.largestSize(of: $0) }
    for flavour in Fixtures.OpenMetricsFlavour.allCases {
        let body = Fixtures.bigOpenMetrics(samples: samples, flavour)
        runs.append(
            Run("OpenMetrics, \(flavour),", body) { try openMetricsParser.parse(&$0, canonicalBuckets: true) })
        runs[runs.count - 1].count = { OpenMetricsParser.largestSize(of: $0) }
    }
    runs = runs.filter { $0.format.hasPrefix(CommandLine.arguments.dropFirst().first ?? "") }
    // In turns, so that all see the same weather.
    for _ in 0..<4_000_000 / (samples + 1000) {
        for index in runs.indices { try runs[index].measure() }
    }
    for run in runs { run.report() }
}
