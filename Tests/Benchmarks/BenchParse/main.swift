import Exposition
import Fixtures
import Foundation
import Samples

// What parsing and canonicalizing a push costs, in nanoseconds of CPU a sample. Build it for release:
//
//     PUSH_COLLECTOR_BENCH=1 swift run -c release BenchParse

/// The CPU time of this thread in nanoseconds.
func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

struct Figures {
    var copy = Int.max
    var parse = Int.max
    var canonicalize = Int.max
}

func measure(_ body: [UInt8], rounds: Int) throws -> (Figures, samples: Int) {
    var best = Figures()
    var parser = TextParser()
    var batch = SampleBatch()
    let grouping = Grouping(
        job: Array("bench".utf8), labels: [.init(name: Array("node".utf8), value: Array("n1".utf8))])
    var samples = 0
    for _ in 0..<rounds {
        batch.removeAll(keepingCapacityUpTo: 1 << 30)
        let start = now()
        batch.arena.append(contentsOf: body)
        let copied = now()
        try parser.parse(&batch, canonicalBuckets: true)
        let parsed = now()
        try batch.canonicalize(under: grouping)
        let done = now()
        best.copy = min(best.copy, copied - start)
        best.parse = min(best.parse, parsed - copied)
        best.canonicalize = min(best.canonicalize, done - parsed)
        samples = batch.samples.count
    }
    return (best, samples)
}

for samples in [10, 100, 10_000] {
    let body = Fixtures.bigExposition(samples: samples)
    let (best, count) = try measure(body, rounds: 4_000_000 / (samples + 1000))
    let line = [
        "samples \(count)", "bytes/line \(body.count / count)",
        "parse \(best.parse * 10 / count)", "canonicalize \(best.canonicalize * 10 / count)",
        "copy \(best.copy * 10 / count)",
        "parse+canonicalize \((best.parse + best.canonicalize) * 10 / count) (tenths of ns a sample)",
    ]
    print(line.joined(separator: "  "))
}
