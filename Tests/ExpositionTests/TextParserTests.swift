import Fixtures
import Samples
import Testing

@testable import Exposition

@Suite("The text parser's door (B3, B4, B8, B9)")
struct TextParserTests {
    /// Lines of every kind, many with a reason to be refused once something is cut out of them.
    static let lines = [
        "foo 1", "foo{a=\"b\"} 2", "foo{a=\"b\",c=\"d\"} 3 17", "foo{a=\"x\\\\y\\n\\\"z\"} -4e-3",
        "# HELP foo text \\\\ more", "# HELP foo \\q\\n\\\"\\", "# HELP h_count  two words \t", "# HELP s \t ",
        "#HELP bar é",
        "# TYPE foo counter", "# TYPE h histogram", "h_bucket{le=\"0.5\"} 1", "h_bucket{le=\"+Inf\",a=\"b\"} 2",
        "h_sum 1.5",
        "h_count 2", "h_count{a=\"b\"} 2", "h{le=\"1\"} 4", "# TYPE s summary", "s{quantile=\"0.9\"} NaN",
        "s_sum{a=\"\"} -1",
        "s_count 3", "# TYPE g gaugehistogram", "g_bucket{a=\"1\",le=\"1e3\"} 0", "g_count 0 -5", "", "  ", "# remark",
        "#", "# TYPE", "# HELP foo", "# TYPE s_count gauge", "bar_sum 1", "# TYPE bar summary",
        "foo{ a = \"b\" , } +Inf",
        "foo{x=\"1\",y=\"2\",z=\"3\"} 123456789012345678901", "h_bucket{a=\"b\"} 1", "x:y 0x1", "__name__ 5",
        "foo{__name__=\"b\"} 5", "foo{a=\"é\",b=\"c\"} 1", "foo{a=\"b\"} -1", "h_bucket{le=\"0.5\"} -1", "h_count -2",
        "h_bucket{a=\"b\"} -1", "h{le=\"NaN\"} -1", "s{a=\"b\"} 1", "h_sum{le=\"1\"} -3", "h_bucket{le=\"x\"} 1",
    ]

    private func body(_ dice: inout Dice) -> [UInt8] {
        let count = Int.random(in: 1...8, using: &dice)
        let type = Bool.random(using: &dice) ? "# TYPE h histogram\n# TYPE s summary\n" : ""
        let lines = (0..<count).map { _ in (Self.lines.randomElement(using: &dice) ?? "") + "\n" }
        return Array((type + lines.joined()).utf8)
    }

    private func mutate(_ body: inout [UInt8], _ dice: inout Dice) {
        let alphabet = Array("{}\",=# \t\\n\n_:+-.e09aE\0'*".utf8) + [0xff, 0xc3, 0xa9]
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

    @Test(arguments: 0..<8) func `bodies with lines cut, changed and filled are read as by the Pushgateway`(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        var parser = TextParser()
        var refused = 0
        for _ in 0..<5000 {
            var body = body(&dice)
            for _ in 0..<Int.random(in: 0...2, using: &dice) { mutate(&body, &dice) }
            var reference = PushgatewayParser(body)
            let expected = reference.read()
            let reading = Reading(body, by: &parser, canonicalBuckets: false)
            if reference.isQuotedName { continue }
            refused += expected.refusal == nil ? 0 : 1
            guard reading != expected else { continue }
            Issue.record(
                "\(String(decoding: body, as: UTF8.self).debugDescription)\n\(reading)\ninstead of\n\(expected)")
        }
        #expect(refused > 1000 && refused < 4500)
    }

    @Test(arguments: [
        "", "\n", " ", "\t \t", "\r\n", "\n\n \n\t\n", "\u{feff}", "\u{feff}\n", "#", "# HELP", "# TYPE foo",
    ])
    func `a body without samples is valid`(body: String) {
        #expect(Reading(body) == Reading())
    }

    @Test func `every line may end with CRLF, with blanks, and the last one with nothing`() {
        let lines = [
            "foo 1", "foo{a=\"b\"} 2", "foo 3 4", "{\"d.d\"} 5", "# HELP foo text", "# TYPE bar gauge", "# TYPE",
            "# TYPE x",
            "# HELP", "# HELP foo", "#", "# remark", "", "h{le=\"1\"} +Inf", "foo NaN", "foo 12345678901234567890123 5",
        ]
        for line in lines {
            let expected = Reading(line + "\n")
            #expect(expected.refusal == nil, "\(line)")
            for end in ["", " ", "\t ", "\r\n", " \r\n", "\t \t\r\n", "\n\n", "\n\r\n", "\n \r\n#"] {
                let reading = Reading(line + end)
                #expect(reading == expected, "\((line + end).debugDescription)")
                #expect(Reading("\u{feff}" + line + end) == expected, "\((line + end).debugDescription)")
            }
            let several = Reading(lines.map { $0 + "\r\n" }.joined())
            #expect(several == Reading(lines.map { $0 + "\n" }.joined()))
            #expect(several.refusal == nil)
        }
    }

    @Test(arguments: [
        ("foo 1\r", "line 1: unexpected end of input stream"),
        ("foo\r 1\n", "line 1: expected float as value, got \"\\r\""),
        ("foo 1\r 2\n", "line 1: expected float as value, got \"1\\r\""), ("\rfoo 1\n", "line 1: invalid metric name"),
        ("foo 1 2\r3\n", "line 1: expected integer as timestamp, got \"2\\r3\""),
        ("foo 1\r\r\n", "line 1: expected float as value, got \"1\\r\\r\""),
        ("# TYPE foo\rgauge\n", "line 1: invalid metric name in comment"),
        ("# TYPE foo gauge\r", "line 1: unexpected end of input stream"),
        ("foo 1\n\u{feff}foo 1\n", "line 2: invalid metric name"),
        ("\u{feff}\u{feff}foo 1\n", "line 1: invalid metric name"),
    ]) func `a carriage return or a byte order mark elsewhere is refused`(body: String, refusal: String) {
        #expect(Reading(body).refusal == refusal)
    }

    @Test(arguments: 0..<4) func `no body is too wild, and what is accepted is whole`(seed: Int) throws {
        let seeds = try Fixtures.expositionVectors().map(\.body).filter { !$0.isEmpty && $0.count < 2000 }
        var dice = Dice(state: 1000 + UInt64(seed))
        var parser = TextParser()
        for round in 0..<3000 {
            var body = seeds.randomElement(using: &dice) ?? []
            if round % 3 == 0 { body += seeds.randomElement(using: &dice) ?? [] }
            for _ in 0..<Int.random(in: 0...4, using: &dice) { mutate(&body, &dice) }
            if round % 7 == 0 {
                body[Int.random(in: 0..<body.count, using: &dice)] = .random(in: 0...255, using: &dice)
            }
            var batch = SampleBatch()
            batch.arena = body
            do {
                try parser.parse(&batch, canonicalBuckets: round % 2 == 0)
            } catch {
                let lines = body.count { $0 == UInt8(ascii: "\n") } + 1
                #expect(batch.series.isEmpty && (1...lines).contains(error.line))
                continue
            }
            let texts =
                batch.series.map(\.name) + batch.labels.flatMap { [$0.name, $0.value] }
                + batch.families.flatMap { [$0.name, $0.help, $0.unit] }
            #expect(texts.allSatisfy { String(validating: batch.arena[$0.indices], as: UTF8.self) != nil })
            #expect(batch.series.allSatisfy { $0.name.count > 0 && $0.samples.count == 1 })
            #expect(
                batch.labels.allSatisfy { $0.name.count > 0 }
                    && batch.series.last?.labels.upperBound ?? 0 == batch.labels.count)
        }
    }

    @Test func `the parser is as good as new after any body`() throws {
        let vectors = try Fixtures.expositionVectors().filter { $0.format.hasPrefix("text") }
        var parser = TextParser()
        for vector in vectors + vectors.reversed() {
            #expect(Reading(vector.body, by: &parser) == Reading(vector.body), "\(vector.id)")
        }
    }

    @Test func `a refused body leaves no series, labels or samples`() {
        var parser = TextParser()
        var batch = SampleBatch()
        let good = String(repeating: "foo{a=\"b\",c=\"\\n\"} 1\n", count: 500)
        batch.arena = Array(("# TYPE bar gauge\n" + good + "foo{a=\"b\",c=\"d\"} x\n").utf8)
        #expect(throws: ExpositionError(line: 502, problem: .notAFloat(Array("x".utf8)))) {
            try parser.parse(&batch, canonicalBuckets: true)
        }
        #expect(batch.series.isEmpty && batch.labels.isEmpty && batch.samples.isEmpty && batch.families.isEmpty)
    }

    @Test func `ten thousand lines are what they were written from`() {
        var dice = Dice(state: 42)
        var body = ""
        var expected: [String] = []
        for index in 0..<10_000 {
            let name = "metric_\(Int.random(in: 0..<40, using: &dice))"
            let labels = (0..<Int.random(in: 0...index % 20, using: &dice)).map { label in
                (
                    "label\(label)",
                    String(
                        (0..<Int.random(in: 0...40, using: &dice)).map { _ in
                            ["a", "7", "é", "測", "🚀", "{", "}", ",", " ", "#", "=", "\\", "\"", "\n"].randomElement(
                                using: &dice) ?? "-"
                        }.joined())
                )
            }
            let bits = UInt64.random(in: .min ... .max, using: &dice)
            let value = index % 3 == 0 ? Double(bitPattern: bits) : Double(bits % 1000)
            let time = index % 5 == 0 ? Int64(bitPattern: UInt64.random(in: .min ... .max, using: &dice)) : nil
            expected.append(Reading.line(name, labels, value.isNaN ? .expositionNaN : value, time))
            let written = labels.map { "\($0)=\"\($1.exposed)\"" }.joined(separator: ",")
            body += name + (labels.isEmpty ? "" : "{\(written)}") + " " + (value.isNaN ? "NaN" : "\(value)")
            body += (time.map { " \($0)" } ?? "") + "\n"
        }
        let reading = Reading(body)
        #expect(reading.refusal == nil)
        #expect(reading.samples.count == 10_000)
        #expect(zip(reading.samples, expected).first { $0 != $1 }.map { "\($0) instead of \($1)" } == nil)
    }
}

extension Double {
    fileprivate static var expositionNaN: Double { Double(bitPattern: 0x7ff8_0000_0000_0001) }
}

extension String {
    /// As a label value is written.
    fileprivate var exposed: String {
        replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
