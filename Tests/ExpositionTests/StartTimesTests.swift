import Exposition
import Samples
import Testing

@Suite("Start times of OpenMetrics (B12)")
struct StartTimesTests {
    private func samples(_ lines: [String]) -> [String] {
        Reading(openMetrics: (lines + ["# EOF"]).joined(separator: "\n")).samples
    }

    @Test(arguments: [
        ["# TYPE c counter", "c_total 17.0", "c_created 1520430000.123"],
        ["# TYPE c counter", "c_created 1520430000.123", "c_total 17.0"],
        ["# TYPE c counter", "c_created 1520430000.123", "# TYPE b gauge", "b 1", "c_total 17.0"],
        ["c_created 1520430000.123", "c_total 17.0", "# TYPE c counter"],
        ["c_created 1520430000.123", "# TYPE c counter", "c_total 17.0"],
        ["# TYPE c counter", "c_created 1520430000.123", "c_created 5 6", "c_total 17.0"],
        ["# TYPE c counter", "c_created NaN 1", "c_created 1520430000.123", "c_total 17.0"],
    ]) func `a created sample says when its sibling began, wherever it stands`(lines: [String]) {
        let samples = samples(lines)
        #expect(samples.contains("c_total{} 17.0 from 1520430000123"))
        #expect(samples.contains("c_created{} 1520430000.123 created"))
        #expect(samples.allSatisfy { $0.hasSuffix("created") == $0.hasPrefix("c_created") })
    }

    @Test func `siblings of a histogram or summary share it, whatever their bounds`() {
        let histogram = [
            ("# TYPE h histogram", ""), ("h_bucket{a=\"x\",le=\"0.5\"} 1 # {t=\"u\"} 0.4", " # {t=u} 0.4 from 9000"),
            ("h_bucket{a=\"x\",le=\"+Inf\"} 3", " from 9000"), ("h_bucket{a=\"y\",le=\"0.5\"} 1", ""),
            ("h_count{a=\"x\"} 3", " from 9000"), ("h_sum{a=\"x\"} 2.5", " from 9000"),
            ("h_created{a=\"x\"} 9", " created"),
            ("h{a=\"x\"} 1", " from 9000"), ("h_bucket{le=\"0.5\"} 1", ""),
        ]
        check(histogram)
        let summary = [
            ("# TYPE s summary", ""), ("s{quantile=\"0.5\"} 1", " from 9000"),
            ("s_created 9 # {} 1", " # {} 1.0 created"),
            ("s_sum 1", " from 9000"), ("s{le=\"1\"} 1", ""),
        ]
        check(summary)
    }

    /// Expects this behind the value of each sample.
    private func check(_ lines: [(written: String, end: String)], location: SourceLocation = #_sourceLocation) {
        let ends = samples(lines.map(\.written)).map { sample in
            // Behind the braces and the value.
            let tail = sample.split(separator: "} ", maxSplits: 1)[1]
            return String(tail[(tail.firstIndex(of: " ") ?? tail.endIndex)...])
        }
        #expect(ends == lines.filter { !$0.written.hasPrefix("#") }.map(\.end), sourceLocation: location)
    }

    @Test func `labels are the same in any order, and without a value none`() {
        check([
            ("# TYPE c counter", ""), ("c_total{a=\"1\",b=\"2\"} 1", " from 9000"),
            ("c_total{b=\"2\",a=\"1\",c=\"\"} 2", " from 9000"), ("c_total{b=\"1\",a=\"2\"} 3", ""),
            ("c_total{a=\"1\"} 4", ""),
            ("c_total{a=\"1\",b=\"2\",c=\"3\"} 5", ""), ("c_created{d=\"\",b=\"2\",a=\"1\"} 9", " created"),
            ("{\"a\"=\"\\n\",\"c_total\"} 6", " from 8000"), ("c_created{a=\"\\n\"} 8", " created"),
        ])
    }

    @Test(arguments: ["NaN", "+Inf", "-Inf", "-1", "0", "1e300", "0.0001"])
    func `what is no time in the past gives none`(value: String) {
        check([("# TYPE c counter", ""), ("c_total 1", ""), ("c_created \(value)", " created")])
    }

    @Test(arguments: ["gauge", "unknown", "info", "stateset", "gaugehistogram"])
    func `other families have no such samples`(type: String) {
        check([("# TYPE c \(type)", ""), ("c_created 1", ""), ("c 1", ""), ("c_total 1", "")])
        check([("# TYPE c counter", ""), ("c_created 1", ""), ("c 1", ""), ("# TYPE c \(type)", "")])
    }

    @Test func `a name that a comment speaks of is no suffix`() {
        check([("# TYPE c counter", ""), ("c_created 5", ""), ("c_total 1", ""), ("# HELP c_created x", "")])
        check([("# TYPE c_created counter", ""), ("c_created 5", ""), ("c_total 1", "")])
    }

    @Test func `Prometheus text knows none`() {
        let reading = Reading("# TYPE c counter\nc_total 1\nc_created 5\n# TYPE h histogram\nh_created 5\nh_count 1\n")
        #expect(reading.samples == ["c_total{} 1.0", "c_created{} 5.0", "h_created{} 5.0", "h_count{} 1.0"])
    }

    @Test func `thousands of siblings find each other, and share their details`() throws {
        var body = "# TYPE h histogram\n"
        for index in 0..<5000 {
            for bound in ["1.0", "+Inf"] { body += "h_bucket{i=\"\(index)\",le=\"\(bound)\"} 1\n" }
            body += "h_count{i=\"\(index)\"} 1\n"
        }
        for index in (0..<5000).reversed() { body += "h_created{i=\"\(index)\"} \(index + 1)\n" }
        var parser = OpenMetricsParser()
        for _ in 0..<2 {
            var batch = SampleBatch()
            batch.arena = Array((body + "# EOF\n").utf8)
            try parser.parse(&batch, canonicalBuckets: true)
            let times = batch.samples.prefix(15_000).map { batch.details(of: $0)?.startTimestamp }
            let expected: [Int64?] = (0..<15_000).map { index in Int64(index / 3 + 1) * 1000 }
            #expect(times == expected)
            #expect(batch.samples.suffix(5000).allSatisfy { batch.details(of: $0) == SampleDetails(kind: .created) })
            #expect(batch.details.count == 5001)
        }
    }
}
