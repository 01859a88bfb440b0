import RemoteWrite
import Samples

/// One kind of push.
struct Workload {
    var name: String
    var series: Int
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
    Workload(name: "10,000 series, 4 own labels", series: 10_000, labels: own),
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
var encoder = WriteRequestEncoder()
var push = EncodedPush()
let clock = ContinuousClock()
for workload in workloads {
    let pushed = batch(workload)
    var best = Duration.seconds(1)
    for _ in 0..<min(100_000, 2_000_000 / workload.series) {
        let start = clock.now
        encoder.encode(pushed, grouping: grouping, receiptTime: 1_700_000_000_000, into: &push)
        best = min(best, clock.now - start)
    }
    let nanoseconds = (best / workload.series).attoseconds / 1_000_000_000
    print("\(workload.name): \(nanoseconds) ns a sample, \(push.bytes.count / workload.series) bytes a sample")
}
