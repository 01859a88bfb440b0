import Exposition
import Fixtures
import Samples
import Testing

@Suite("The OpenMetrics parser's door (B1, B3, B9)")
struct OpenMetricsParserTests {
    /// Lines of every kind, many with a reason to be refused once something is cut out of them.
    static let lines = [
        "foo 1", "foo{a=\"b\"} 2", "foo{a=\"b\",c=\"d\"} 3 17.5", "foo{a=\"x\\\\y\\n\\\"z\\t\"} -4e-3",
        "foo{a=\"é\",} 1",
        "# HELP foo text \\\\ more\\q", "# HELP h_sum \\n", "# HELP c ", "# TYPE foo unknown", "# TYPE foo info",
        "# UNIT foo ", "# UNIT c_x x", "# UNIT \"d.d\" d", "# TYPE c_x counter", "c_x_total 1", "c_x_created 0.5",
        "c_total 5", "c_total{a=\"b\"} 5 # {x=\"y\"} 1", "c_total{b=\"1\",a=\"2\"} 1", "c_total{a=\"2\",b=\"1\"} 1",
        "c_created 1.5", "c_created{a=\"b\"} 1520430000.123", "c_created{b=\"1\",a=\"2\",c=\"\"} 9", "c_created NaN",
        "c_created{a=\"b\"} -1", "c_created{a=\"b\"} 7 # {} 2", "c 3", "c_totals 1", "g_created 5",
        "h_bucket{le=\"1\"} 1", "h_bucket{a=\"b\",le=\"0.5\"} 2 # {trace_id=\"x\",span_id=\"y\"} 0.4 1.5",
        "h_bucket{a=\"b\",le=\"+Inf\"} 2 # {trace_id=\"x\",span_id=\"z\"} 0.4", "h_sum{a=\"b\"} 1.5", "h_count 2",
        "h_bucket{a=\"c\",le=\"0.5\"} 2 # {trace_id=\"x\",span_id=\"y\"} 0.4 1.5", "h_created{a=\"b\"} 100",
        "h_created 200", "h{le=\"1\"} 4", "s{quantile=\"0.9\"} NaN", "s_sum{a=\"\"} -1", "s_count 3", "s_created 1e3",
        "s{quantile=\"0.5\"} +Inf -1.5 # {} 1", "{\"d.d\"} 1", "{\"d.d\",\"l.l\"=\"x\"} 1", "{a=\"b\",\"d.d\"} 2 3",
        "foo{\"l.l\"=\"x\"} 1", "{\"c_total\",a=\"b\"} 1", "# HELP \"d.d\" text", "# TYPE \"d\\\"d\" gauge", "# EOF",
        "foo 1 # {a=\"b\"} 1 # {a=\"b\"} 2", "foo  1", "foo 1 ", "", "# remark", "foo{a=\"b\", c=\"d\"} 1",
        "foo{a=\"b\",a=\"c\"} 1", "foo{__name__=\"b\"} 1", "foo{a=\"b\"}1", "foo 1 NaN", "foo 1 # {a=\"1\",a=\"2\"} 1",
        "# TYPE c_total gauge", "# HELP h_bucket x", "foo 1 # {b=\"1\",a=\"2\",c=\"\",aa=\"3\"} 1",
    ]

    private func body(_ dice: inout Dice) -> [UInt8] {
        let types = ["# TYPE c counter\n", "# TYPE h histogram\n", "# TYPE s summary\n", ""]
        var lines = types.map { Bool.random(using: &dice) ? $0 : "" }
        let good = Self.lines.prefix(while: { $0 != "# EOF" })
        for _ in 0..<Int.random(in: 1...10, using: &dice) {
            let isGood = Int.random(in: 0..<20, using: &dice) > 0
            lines.append(
                ((isGood ? good[...].randomElement(using: &dice) : Self.lines.randomElement(using: &dice)) ?? "") + "\n"
            )
        }
        if Int.random(in: 0..<4, using: &dice) == 0 { lines.shuffle(using: &dice) }
        return Array((lines.joined() + "# EOF\n").utf8)
    }

    private func mutate(_ body: inout [UInt8], _ dice: inout Dice) {
        let alphabet = Array("{}\",=# \t\\n\n_:+-.e09aE\0\r'*".utf8) + [0xff, 0xc3, 0xa9]
        let at = Int.random(in: 0..<body.count, using: &dice)
        let byte = alphabet.randomElement(using: &dice) ?? 0
        switch Int.random(in: 0..<5, using: &dice) {
        case 0: body.remove(at: at)
        case 1: body[at] = byte
        case 2: body.insert(byte, at: at)
        case 3: body.removeSubrange(at..<min(body.count, at + Int.random(in: 1...9, using: &dice)))
        default: body.removeLast(Int.random(in: 0...min(4, body.count - 1), using: &dice))
        }
        if body.isEmpty { body = [UInt8(ascii: "\n")] }
    }

    @Test(arguments: 0..<8) func `bodies with lines cut, changed and filled are read as by Prometheus`(seed: Int) {
        var dice = Dice(state: 77 + UInt64(seed))
        var parser = OpenMetricsParser()
        var refused = 0
        for _ in 0..<5000 {
            var body = body(&dice)
            for _ in 0..<max(0, Int.random(in: -2...2, using: &dice)) { mutate(&body, &dice) }
            var reference = ScrapeParser(body)
            let expected = reference.read()
            var reading = Reading(body, by: &parser, canonicalBuckets: false)
            if reading.refusal != nil { reading.refusal = "" }
            refused += expected.refusal == nil ? 0 : 1
            guard reading != expected, !reference.isAmbiguous || reading.refusal != expected.refusal else { continue }
            Issue.record(
                "\(String(decoding: body, as: UTF8.self).debugDescription)\n\(reading)\ninstead of\n\(expected)")
        }
        #expect(refused > 1000 && refused < 4000)
    }

    @Test func `every part of an accepted vector is refused, or is what another vector says`() throws {
        var parser = OpenMetricsParser()
        for vector in try VectorTests.vectors(["openmetrics-1.0.0"]) where vector.accept {
            for length in 0..<vector.body.count {
                let part = Array(vector.body.prefix(length))
                let isWhole = part == vector.body.dropLast() && vector.body.last == UInt8(ascii: "\n")
                let reading = Reading(part, by: &parser)
                guard !isWhole else {
                    #expect(reading == Reading(vector.body, by: &parser), "\(vector.id) without its last line feed")
                    continue
                }
                let lines = part.count { $0 == UInt8(ascii: "\n") } + 1
                // What is cut behind ` # ` might be a timestamp.
                let message = part.suffix(3) == Array(" # ".utf8)[...] ? "" : "data does not end with # EOF"
                #expect(
                    reading.refusal?.hasPrefix("line \(lines): \(message)") == true, "\(vector.id) cut at \(length)")
            }
        }
    }

    @Test(arguments: [
        ("", "line 1: data does not end with # EOF"),
        ("\n# EOF\n", "line 1: expected a metric name, '{' or \"# \", found '\\n'"),
        ("foo 1\n", "line 2: data does not end with # EOF"), ("foo 1", "line 1: data does not end with # EOF"),
        ("# EOF\n\n", "line 1: unexpected data after # EOF"), ("# EOF \n", "line 1: unexpected data after # EOF"),
        ("# EOF\n# EOF\n", "line 1: unexpected data after # EOF"),
        ("# EOFfoo\n", "line 1: unexpected data after # EOF"),
        ("# EOF\r\n", "line 1: unexpected data after # EOF"),
        ("foo 1\n# EOF\nbar 2\n", "line 2: unexpected data after # EOF"),
        ("\u{feff}# EOF\n", "line 1: expected a metric name, '{' or \"# \", found 'ï'"),
        ("# EO", "line 1: data does not end with # EOF"),
        ("# EO\n# EOF", "line 1: expected HELP, TYPE, UNIT or EOF behind \"# \", got \"EO\""),
        ("# eof", "line 1: data does not end with # EOF"),
    ]) func `a body ends with EOF and nothing else`(body: String, refusal: String) {
        #expect(Reading(openMetrics: body) == Reading(refusal: refusal))
    }

    @Test(arguments: ["# EOF", "# EOF\n"]) func `a body without samples is valid`(body: String) {
        #expect(Reading(openMetrics: body) == Reading())
    }

    @Test(arguments: 0..<4) func `no body is too wild, and what is accepted is whole`(seed: Int) throws {
        let seeds = try Fixtures.expositionVectors().map(\.body).filter { !$0.isEmpty && $0.count < 2000 }
        var dice = Dice(state: 2000 + UInt64(seed))
        var parser = OpenMetricsParser()
        for round in 0..<3000 {
            var body = round % 2 == 0 ? body(&dice) : seeds.randomElement(using: &dice) ?? []
            for _ in 0..<Int.random(in: 0...4, using: &dice) { mutate(&body, &dice) }
            body[Int.random(in: 0..<body.count, using: &dice)] = .random(in: 0...255, using: &dice)
            var batch = SampleBatch()
            batch.arena = body
            do {
                try parser.parse(&batch, canonicalBuckets: round % 3 == 0)
            } catch {
                let lines = body.count { $0 == UInt8(ascii: "\n") } + 1
                #expect(batch.series.isEmpty && batch.exemplars.isEmpty && (1...lines).contains(error.line))
                continue
            }
            let labels = batch.labels + batch.exemplarLabels
            let texts =
                batch.series.map(\.name) + labels.flatMap { [$0.name, $0.value] }
                + batch.families.flatMap { [$0.name, $0.help, $0.unit] }
            #expect(texts.allSatisfy { String(validating: batch.arena[$0.indices], as: UTF8.self) != nil })
            #expect(batch.series.allSatisfy { $0.name.count > 0 && $0.samples.count == 1 })
            #expect(labels.allSatisfy { $0.name.count > 0 })
            #expect(batch.samples.allSatisfy { Int($0.details) <= batch.details.count })
            #expect(batch.exemplars.allSatisfy { $0.labels.upperBound <= batch.exemplarLabels.count })
        }
    }

    @Test func `the parser is as good as new after any body`() throws {
        let vectors = try VectorTests.vectors(["openmetrics-1.0.0"])
        var parser = OpenMetricsParser()
        for vector in vectors + vectors.reversed() {
            var fresh = OpenMetricsParser()
            #expect(Reading(vector.body, by: &parser) == Reading(vector.body, by: &fresh), "\(vector.id)")
        }
    }

    @Test func `a refused body leaves nothing but the arena`() {
        var parser = OpenMetricsParser()
        var batch = SampleBatch()
        let good = String(repeating: "foo{a=\"b\",c=\"\\n\"} 1 # {d=\"e\"} 2\n", count: 500)
        batch.arena = Array(("# TYPE bar gauge\n" + good + "foo{a=\"b\",c=\"d\"} 1 # {d=\"e\"} x\n# EOF\n").utf8)
        let error = #expect(throws: ExpositionError.self) { try parser.parse(&batch, canonicalBuckets: true) }
        #expect(error?.line == 502 && error?.dialect == .openMetrics)
        #expect(
            error?.description
                == "OpenMetrics parsing error in line 502: expected float as exemplar value, got \"x\"")
        #expect(batch.series.isEmpty && batch.labels.isEmpty && batch.samples.isEmpty && batch.families.isEmpty)
        #expect(batch.details.isEmpty && batch.exemplars.isEmpty && batch.exemplarLabels.isEmpty)
    }
}
