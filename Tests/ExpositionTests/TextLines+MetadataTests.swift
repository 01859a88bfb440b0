import Exposition
import Samples
import Testing

@Suite("HELP, TYPE and UNIT of OpenMetrics (B12)")
struct TextLinesMetadataTests {
    @Test(arguments: [
        ("counter", "counter"), ("gauge", "gauge"), ("histogram", "histogram"), ("gaugehistogram", "gaugeHistogram"),
        ("summary", "summary"), ("info", "info"), ("stateset", "stateset"), ("unknown", "unknown"),
    ]) func `types are in lower case`(written: String, type: String) {
        #expect(Reading(openMetrics: "# TYPE foo \(written)\nfoo 1\n# EOF\n").types == ["foo \(type)"])
        #expect(Reading(openMetrics: "# TYPE \"foo\" \(written)\n# EOF\n").types == ["foo \(type)"])
        for other in [
            written.uppercased(), written + " ", " " + written, written + "\r", "\\" + written, written + "\u{0}", "",
            "untyped",
            "gauge_histogram", String(written.dropLast()), written + "s",
        ] {
            let refusal = Reading(openMetrics: "# TYPE foo \(other)\n# EOF\n").refusal
            #expect(refusal?.hasPrefix("line 1: unknown metric type \"") == true, "\(other)")
        }
    }

    @Test(arguments: [
        ("# HELP foo a\\\\b\\nc\\\"d\\q\\", "foo unknown", "HELP foo a\\b\nc\"d\\q\\"),
        ("# HELP foo ", "foo unknown", nil),
        ("# HELP foo  x ", "foo unknown", "HELP foo  x "), ("# HELP foo x\r", "foo unknown", "HELP foo x\r"),
        ("# HELP foo a\u{0}b\tc", "foo unknown", "HELP foo a\u{0}b\tc"),
        ("# HELP \"d.d\" x", "d.d unknown", "HELP d.d x"),
        ("# HELP \"d\\\"d\" x", "d\"d unknown", "HELP d\"d x"), ("# HELP \"d\nd\" x", "d\nd unknown", "HELP d\nd x"),
        ("# UNIT foo_seconds seconds", "foo_seconds unknown", "UNIT foo_seconds seconds"),
        ("# UNIT foo_a_b a_b", "foo_a_b unknown", "UNIT foo_a_b a_b"),
        ("# UNIT foo_a_b b", "foo_a_b unknown", "UNIT foo_a_b b"),
        ("# UNIT foo_ ", "foo_ unknown", nil), ("# UNIT foo ", "foo unknown", nil),
        ("# UNIT _s s", "_s unknown", "UNIT _s s"),
        ("# UNIT \"d.d_°C\" °C", "d.d_°C unknown", "UNIT d.d_°C °C"),
        ("# UNIT \"d_a\\\\b\" a\\\\b", "d_a\\b unknown", "UNIT d_a\\b a\\\\b"),
    ]) func `texts are what stands behind the name`(line: String, family: String, text: String?) {
        let expected = Reading(types: [family], texts: text.map { [$0] } ?? [])
        #expect(Reading(openMetrics: line + "\n# EOF\n") == expected)
    }

    @Test(arguments: [
        ("#", "expected one blank behind '#', found '\\n'"),
        ("#HELP foo x", "expected one blank behind '#', found 'H'"),
        ("#\tHELP foo x", "expected one blank behind '#', found '\\t'"),
        ("# remark", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \"remark\""),
        ("#  HELP foo x", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \" HELP foo x\""),
        ("# help foo x", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \"help foo x\""),
        ("# HELP\tfoo x", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \"HELP\\tfoo x\""),
        ("# H\u{0}ELP foo x", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \"H\\x00ELP foo x\""),
        ("# HELP", "expected HELP, TYPE, UNIT or EOF behind \"# \", got \"HELP\""),
        ("# HELP ", "invalid metric name in comment"),
        ("# HELP  foo x", "invalid metric name in comment"), ("# TYPE 1 gauge", "invalid metric name in comment"),
        ("# TYPE {foo} gauge", "invalid metric name in comment"),
        ("# HELP foo", "expected one blank and a text behind the name, found '\\n'"),
        ("# UNIT foo", "expected one blank and a text behind the name, found '\\n'"),
        ("# TYPE foo", "expected one blank and a text behind the name, found '\\n'"),
        ("# TYPE foo\tgauge", "expected one blank and a text behind the name, found '\\t'"),
        ("# TYPE d.d gauge", "expected one blank and a text behind the name, found '.'"),
        ("# TYPE \"foo\"gauge", "expected one blank and a text behind the name, found 'g'"),
        ("# TYPE \"\" gauge", "expected a name in quotes, got \"\""),
        ("# TYPE \"a\u{0}\" gauge", "expected a name in quotes, got \"a\\x00\""),
        ("# UNIT foo seconds", "unit \"seconds\" not a suffix of metric \"foo\""),
        ("# UNIT foo_seconds second", "unit \"second\" not a suffix of metric \"foo_seconds\""),
        ("# UNIT fooseconds seconds", "unit \"seconds\" not a suffix of metric \"fooseconds\""),
        ("# UNIT seconds seconds", "unit \"seconds\" not a suffix of metric \"seconds\""),
        ("# UNIT foo_seconds _seconds", "unit \"_seconds\" not a suffix of metric \"foo_seconds\""),
        ("# UNIT foo_seconds seconds ", "unit \"seconds \" not a suffix of metric \"foo_seconds\""),
        ("# UNIT s a_very_long_unit", "unit \"a_very_long_unit\" not a suffix of metric \"s\""),
    ]) func `anything else is refused`(line: String, message: String) {
        #expect(Reading(openMetrics: line + "\n# EOF\n") == Reading(refusal: "line 1: \(message)"))
        #expect(Reading(openMetrics: "foo 1\n" + line + "\n# EOF\n") == Reading(refusal: "line 2: \(message)"))
    }

    @Test(arguments: [
        ("# TYPE foo gauge\n# TYPE foo gauge\n", ["foo gauge"], []),
        ("# TYPE foo gauge\n# TYPE foo counter\n", ["foo counter"], []),
        ("foo 1\n# TYPE foo gauge\n", ["foo gauge"], []),
        ("# HELP foo a\n# HELP foo b\n", ["foo unknown"], ["HELP foo b"]),
        ("# HELP foo a\n# TYPE bar gauge\n# TYPE foo gauge\n", ["foo gauge", "bar gauge"], ["HELP foo a"]),
        (
            "# UNIT a_s s\n# TYPE b info\n# HELP a_s x\n# TYPE a_s gauge\n", ["a_s gauge", "b info"],
            ["HELP a_s x", "UNIT a_s s"]
        ),
        ("# TYPE h histogram\n# TYPE h_sum gauge\nh_sum 1\n", ["h histogram", "h_sum gauge"], []),
        ("# TYPE h histogram\nh_sum 1\n# HELP h_sum x\n", ["h histogram", "h_sum unknown"], ["HELP h_sum x"]),
        ("foo 1\nbar 2\n", [], []),
    ]) func `families come in the order of the body, each once, with what was said last`(
        body: String, types: [String], texts: [String]
    ) {
        let reading = Reading(openMetrics: body + "# EOF\n")
        #expect(reading.refusal == nil)
        #expect(reading.types == types)
        #expect(reading.texts == texts)
    }

    @Test func `texts that stand in the body as they are are not copied`() throws {
        var parser = OpenMetricsParser()
        var batch = SampleBatch()
        let body = "# HELP foo_s some text\n# UNIT foo_s s\n# EOF\n"
        batch.arena = Array(body.utf8)
        try parser.parse(&batch, canonicalBuckets: true)
        #expect(batch.families.map(\.help) == [ByteRange(offset: 13, count: 9)])
        #expect(batch.families.map(\.unit) == [ByteRange(offset: 36, count: 1)])
        #expect(batch.arena.count == body.utf8.count + 65)
    }

    @Test(arguments: [
        ("# TYPE h histogram\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1.0} 1.0"),
        ("# TYPE h histogram\n", "h_bucket{a=\"b\",le=\"1e6\"} 1", "h_bucket{a=b,le=1e+06} 1.0"),
        ("# TYPE h gaugehistogram\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1.0} 1.0"),
        ("# TYPE s summary\n", "s{quantile=\"1\"} 1", "s{quantile=1.0} 1.0"),
        ("# TYPE \"d.h\" histogram\n", "{le=\"1\",\"d.h_bucket\"} 1", "d.h_bucket{le=1.0} 1.0"),
        ("# TYPE h histogram\n", "h_bucket{le=\"nan\"} 1", "h_bucket{le=NaN} 1.0"),
        ("# TYPE h histogram\n", "h_bucket{le=\"x\"} 1", "h_bucket{le=x} 1.0"),
        ("# TYPE h histogram\n", "h_bucket{le=\"\"} 1", "h_bucket{le=} 1.0"),
        ("# TYPE h histogram\n", "h_bucket{le=\"1e999\"} -1", "h_bucket{le=1e999} -1.0"),
        ("# TYPE h histogram\n", "h_buckets{le=\"1\"} 1", "h_buckets{le=1} 1.0"),
        ("# TYPE h gauge\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1} 1.0"),
        ("# TYPE h summary\n", "h{le=\"1\"} 1", "h{le=1} 1.0"),
        ("# TYPE h histogram\n# HELP h_bucket x\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1} 1.0"),
        ("h_bucket{le=\"1\"} 1\n# TYPE h histogram\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1.0} 1.0"),
        ("# TYPE h gauge\nh_bucket{le=\"1\"} 1\n# TYPE h histogram\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1.0} 1.0"),
        ("# TYPE h histogram\nh_bucket{le=\"1\"} 1\n# TYPE h gauge\n", "h_bucket{le=\"1\"} 1", "h_bucket{le=1} 1.0"),
    ]) func `bounds are canonical from the TYPE on`(head: String, line: String, sample: String) {
        #expect(Reading(openMetrics: head + line + "\n# EOF\n").samples.last == sample)
        // The second line has the form of the first.
        #expect(Reading(openMetrics: head + line + "\n" + line + "\n# EOF\n").samples.last == sample)
        let asItWas = Reading(openMetrics: head + line + "\n# EOF\n", canonicalBuckets: false).samples.last
        #expect(asItWas == Reading(openMetrics: line + "\n# EOF\n").samples.last)
    }
}
