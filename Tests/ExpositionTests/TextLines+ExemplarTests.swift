import Exposition
import Samples
import Testing

@Suite("Exemplars (B12)")
struct TextLinesExemplarTests {
    @Test(arguments: [
        ("# {trace_id=\"abc\"} 0.67", "# {trace_id=abc} 0.67"), ("# {} 1", "# {} 1.0"),
        ("# {a=\"b\",} 1", "# {a=b} 1.0"),
        ("# {a=\"b\"} 1 1520879607.789", "# {a=b} 1.0 @1520879607789"), ("# {a=\"b\"} 1 -1.5", "# {a=b} 1.0 @-1500"),
        ("# {a=\"b\"} NaN", "# {a=b} NaN:7ff8000000000001"), ("# {a=\"b\"} +Inf 0", "# {a=b} inf @0"),
        ("# {b=\"1\",a=\"2\"} 1", "# {a=2,b=1} 1.0"),
        ("# {trace_id=\"t\",span_id=\"s\"} 1", "# {span_id=s,trace_id=t} 1.0"),
        ("# {aa=\"1\",a=\"2\",B=\"3\",\"a\\n\"=\"4\"} 1", "# {B=3,a=2,a\n=4,aa=1} 1.0"),
        ("# {b=\"\",a=\"2\",c=\"\"} 1", "# {a=2} 1.0"), ("# {a=\"\"} 1", "# {} 1.0"),
        ("# {a=\"x\\\\y\\n\\\"z\\t\"} 1", "# {a=x\\y\n\"z\\t} 1.0"), ("# {\"trace.id\"=\"測\"} 1", "# {trace.id=測} 1.0"),
        ("# {a=\"} 1\"} 1", "# {a=} 1} 1.0"), ("# {__name__=\"x\"} 1", "# {__name__=x} 1.0"),
        ("# {a=\"\(String(repeating: "x", count: 200))\"} 1", "# {a=\(String(repeating: "x", count: 200))} 1.0"),
    ]) func `an exemplar has labels sorted by name, a value, and its own time or none`(
        written: String, exemplar: String
    ) {
        for (line, sample) in [("foo 5", "foo{} 5.0"), ("foo{a=\"b\"} 5 1.5", "foo{a=b} 5.0 @1500")] {
            let body = "\(line) \(written)\n\(line)\n\(line) \(written)\n# EOF\n"
            let expected = ["\(sample) \(exemplar)", sample, "\(sample) \(exemplar)"]
            #expect(Reading(openMetrics: body) == Reading(samples: expected))
        }
    }

    @Test(arguments: [
        ("# {a=\"b\"}", "expected one blank before the exemplar's value, found '\\n'"),
        ("# {a=\"b\"}1", "expected one blank before the exemplar's value, found '1'"),
        ("# {a=\"b\"} ", "expected float as exemplar value, got \"\""),
        ("# {a=\"b\"}  1", "expected float as exemplar value, got \"\""),
        ("# {a=\"b\"} x", "expected float as exemplar value, got \"x\""),
        ("# {a=\"b\"} 1\r", "expected float as exemplar value, got \"1\\r\""),
        ("# {a=\"b\"} 1 ", "expected seconds as exemplar timestamp, got \"\""),
        ("# {a=\"b\"} 1 NaN", "expected seconds as exemplar timestamp, got \"NaN\""),
        ("# {a=\"b\"} 1 # {c=\"d\"} 2", "expected seconds as exemplar timestamp, got \"#\""),
        ("# {a=\"b\"} 1 2 3", "expected the line's end behind the exemplar, found ' '"),
        ("# {a=\"b\"} 1 2 # {c=\"d\"} 2", "expected the line's end behind the exemplar, found ' '"),
        ("# {a=\"b\",a=\"c\"} 1", "duplicate label name \"a\" in exemplar"),
        ("# {a=\"\",b=\"\",\"a\"=\"\"} 1", "duplicate label name \"a\" in exemplar"),
        ("# {\"a\\\\\"=\"1\",\"a\\\\\"=\"2\"} 1", "duplicate label name \"a\\\\\" in exemplar"),
        ("# {\"foo\"} 1", "expected '=' after label name, found '}'"),
        ("# {\"foo\",a=\"b\"} 1", "expected '=' after label name, found ','"),
        ("# { a=\"b\"} 1", "expected a label name, found ' '"), ("# {a=\"b\",,} 1", "expected a label name, found ','"),
        ("# {a=\"b\" } 1", "expected ',' or '}' behind a label, found ' '"),
        ("# {a=\"b\u{0}\"} 1", "invalid label value \"b\\x00\""),
        ("# {\"a\nb\"=\"c\"} 1", "expected '\"' behind a name, got \"a\""),
        ("# {a=\"b\nc\"} 1", "label value \"b\" contains unescaped new-line"),
        ("# {a", "expected '=' after label name, found '\\n'"), ("# {", "expected a label name, found '\\n'"),
    ]) func `a broken one is refused`(written: String, message: String) {
        #expect(Reading(openMetrics: "foo 5 \(written)\n# EOF\n") == Reading(refusal: "line 1: \(message)"))
        let body = "foo{a=\"b\"} 1\nfoo{a=\"c\"} 5 1.5 \(written)\n# EOF\n"
        #expect(Reading(openMetrics: body) == Reading(refusal: "line 2: \(message)"))
    }

    @Test func `any sample may have one`() {
        for type in ["gauge", "counter", "histogram", "summary", "info", "stateset", "unknown", "gaugehistogram"] {
            let reading = Reading(openMetrics: "# TYPE foo \(type)\nfoo 1 # {a=\"b\"} 2\n# EOF\n")
            #expect(reading.samples == ["foo{} 1.0 # {a=b} 2.0"])
        }
    }

    @Test func `labels by the hundred are sorted, and none is there twice`() {
        let names = (0..<300).map { "l\($0)" }
        let labels = names.reversed().map { "\($0)=\"x\"" }.joined(separator: ",")
        let sorted = names.sorted().map { "\($0)=x" }.joined(separator: ",")
        #expect(Reading(openMetrics: "foo 1 # {\(labels)} 2\n# EOF\n").samples == ["foo{} 1.0 # {\(sorted)} 2.0"])
        let twice = Reading(openMetrics: "foo 1 # {\(labels),l7=\"\"} 2\n# EOF\n")
        #expect(twice.refusal == "line 1: duplicate label name \"l7\" in exemplar")
    }

    @Test func `samples without one have no details`() throws {
        var parser = OpenMetricsParser()
        var batch = SampleBatch()
        batch.arena = Array("a 1\nb 2 # {x=\"y\",z=\"\"} 3\nc 4\nd 5 # {} 6 7\n# EOF\n".utf8)
        try parser.parse(&batch, canonicalBuckets: true)
        #expect(batch.samples.map(\.details) == [0, 1, 0, 2])
        #expect(batch.details == [SampleDetails(exemplars: 0..<1), SampleDetails(exemplars: 1..<2)])
        #expect(batch.exemplars.map(\.labels) == [0..<1, 1..<1])
        #expect(batch.exemplars.map(\.timestamp) == [nil, 7000])
        #expect(batch.exemplarLabels.count == 1)
    }
}
