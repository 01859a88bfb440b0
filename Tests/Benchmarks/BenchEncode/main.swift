import Compression
import Exposition
import Fixtures
import Foundation
import RemoteWrite
import Samples

/// One kind of push.
struct Workload {
    var name: String
    var series: Int
    /// Whether version 2 has to be as quick as version 1, and half as large.
    var isPromised = false
    /// The own labels of a series.
    var labels: (Int) -> [(String, String)]
}

func own(_ index: Int) -> [(String, String)] {
    [
        ("code", "\(200 + index % 4)"), ("handler", "/api/v1/item\(index % 100)"), ("le", "0.\(index % 10)"),
        ("method", index % 2 == 0 ? "GET" : "POST"),
    ]
}

let workloads = [
    Workload(name: "10,000 series, 4 own labels", series: 10_000, isPromised: true, labels: own),
    Workload(name: "10,000 series, none", series: 10_000) { _ in [] },
    Workload(name: "10,000 series, 1 or 4 by turns of 12 and 2", series: 10_000) { index in
        index % 14 < 12 ? own(index) : [("code", "200")]
    },
    Workload(name: "10,000 series, long values", series: 10_000) { index in
        own(index) + [("query", String(repeating: "x", count: 150))]
    },
    Workload(name: "10,000 series, each with names of its own", series: 10_000) { [("label_\($0)", "value")] },
    Workload(name: "10 series, 1 or 2 own labels", series: 10) { Array(own($0).prefix($0 < 5 ? 1 : 2)) },
    Workload(name: "1 series, 1 own label", series: 1) { _ in [("code", "200")] },
]

/// Exposition text with the ranges that a parser finds in it.
func batch(_ workload: Workload) -> SampleBatch {
    var batch = SampleBatch()
    func add(_ text: String) -> ByteRange {
        let range = ByteRange(offset: batch.arena.count, count: text.utf8.count)
        batch.arena.append(contentsOf: text.utf8)
        return range
    }
    for index in 0..<workload.series {
        let name = add("http_requests_total_\(index / 100)")
        let start = batch.labels.count
        for (label, value) in workload.labels(index) {
            _ = add("{")
            let name = add(label)
            _ = add("=\"")
            batch.labels.append(LabelRange(name: name, value: add(value)))
            _ = add("\",")
        }
        _ = add("} 1.5\n")
        batch.samples.append(Sample(value: Double(index) + 0.5, timestamp: nil))
        batch.series.append(Series(name: name, labels: start..<batch.labels.count, samples: index..<index + 1))
    }
    return batch
}

let grouping = Grouping(
    job: Array("some_job".utf8),
    labels: [("instance", "10.0.0.1:9090"), ("zone", "eu-west-1a")].map {
        Grouping.Label(name: Array($0.utf8), value: Array($1.utf8))
    })

/// The CPU time of the process in nanoseconds.
func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The least CPU time that something takes, in nanoseconds, of so many tries.
func shortest(of tries: Int, _ body: () -> Void) -> Double {
    var best = Int.max
    for _ in 0..<tries {
        let start = now()
        body()
        best = min(best, now() - start)
    }
    return Double(best)
}

/// What a version takes of a workload, for a sample: nanoseconds to encode, then to cut into requests, the same with
/// compression, bytes on the wire.
func measure(
    _ pushed: SampleBatch, _ version: RemoteWriteVersion, samplesPerRequest: Int = 2_000
) -> (encode: Double, cut: Double, both: Double, bytes: Double) {
    var profile = OutboundProfile(version: version)
    profile.samplesPerMessage = samplesPerRequest
    var encoder = WriteRequestEncoder(profile)
    var push = EncodedPush()
    var block: [UInt8] = []
    let samples = Double(pushed.samples.count)
    let tries = min(100_000, 2_000_000 / pushed.samples.count)
    let encode = shortest(of: tries) {
        encoder.encode(pushed, grouping: grouping, receiptTime: 1_700_000_000_000, into: &push)
    }
    // A push of more than 2,000 samples travels in several requests.
    var bodies: [[UInt8]] = [push.bytes]
    let cut =
        pushed.samples.count <= samplesPerRequest
        ? 0
        : shortest(of: tries) {
            bodies = push.parts(samples: samplesPerRequest, bytes: 3 << 20).map {
                $0.place.extract(from: push.bytes.span).bytes
            }
        }
    var bytes = 0
    let compress = shortest(of: tries) {
        bytes = 0
        for body in bodies {
            block.removeAll(keepingCapacity: true)
            Snappy.compress(body.span, into: &block)
            bytes += block.count
        }
    }
    return (encode / samples, cut / samples, (encode + cut + compress) / samples, Double(bytes) / samples)
}

func shown(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }

// The first so many of them, if a number is given.
let most = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? .max
/// Prints what both versions take of a workload, and says whether what is promised of it is kept.
func report(_ name: String, _ pushed: SampleBatch, isPromised: Bool) -> Bool {
    let (first, second) = (measure(pushed, .v1), measure(pushed, .v2))
    print("\(name), a sample:")
    for (name, figures) in [("1.0", first), ("2.0", second)] {
        print(
            "  version \(name): \(shown(figures.encode)) ns to encode, \(shown(figures.cut)) to cut,",
            "\(shown(figures.both)) with compression,",
            "\(shown(figures.bytes)) bytes on the wire")
    }
    // The promise: for large pushes no more CPU a sample than version 1, and at most half the bytes, in the requests of
    // 2,000 samples that are the default.
    guard isPromised else { return true }
    let isKept = second.both <= first.both && second.bytes * 2 <= first.bytes
    print("  version 2.0 costs no more, and has at most half the bytes: \(isKept ? "kept" : "NOT KEPT")")
    return isKept
}

// A body as a service pushes it: counters, gauges and histograms, with help and type.
var service = SampleBatch()
service.arena = Fixtures.bigExposition(samples: 10_000)
var parser = TextParser()
try parser.parse(&service, canonicalBuckets: true)
try service.canonicalize(under: grouping)
var isKept = report("10,000 samples of a service, most labels with values of their own", service, isPromised: false)
for workload in workloads.prefix(most) {
    isKept = report(workload.name, batch(workload), isPromised: workload.isPromised) && isKept
}

// What it costs to make one message of many small ones, which version 1 does not have to.
let small = (0..<200).map { _ in
    var push = EncodedPush()
    var encoder = WriteRequestEncoder(OutboundProfile(version: .v2))
    encoder.encode(batch(workloads[5]), grouping: grouping, receiptTime: 1_700_000_000_000, into: &push)
    return push.bytes
}
let join = shortest(of: 1_000) {
    var joiner = MessageJoiner()
    for bytes in small { joiner.append(EncodedPlace(version: .v2, in: bytes.span), of: bytes.span) }
    _ = joiner.finish()
}
print("200 messages of 10 series joined, version 2.0: \(shown(join / 2_000)) ns a sample")
exit(isKept ? 0 : 1)
