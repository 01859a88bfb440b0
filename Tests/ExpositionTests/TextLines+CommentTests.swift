import Exposition
import Testing

@Suite("HELP, TYPE and other comments (B4)")
struct TextLinesCommentTests {
    @Test(arguments: [
        "# HELP foo\n", "# HELP foo \n", "# HELP\n", "# HELP \t\n", "#\n", "# \t\n", "#HELP\n", "# HELPfoo-\n",
        "# help 1foo x\n", "# TYPES 1foo x\n", "#TYPE\n", "# TYPE\t\n", "# TYPE foo\n", "# TYPE foo \t\n",
        "# TYPE: x-\n", "## TYPE x-y z\n", "# EOF\n", "# UNIT foo-bar baz\n", "#!\n",
    ]) func `what says nothing about a sample or a family is passed over`(comments: String) {
        #expect(Reading(comments + "foo 1\n") == Reading(samples: ["foo{} 1.0"]))
    }

    @Test(arguments: [
        ("counter", "counter"), ("gauge", "gauge"), ("histogram", "histogram"), ("summary", "summary"),
        ("untyped", "unknown"), ("unknown", "unknown"), ("info", "info"), ("stateset", "stateset"),
        ("gaugehistogram", "gaugeHistogram"), ("gauge_histogram", "gaugeHistogram"),
        ("GAUGE_HISTOGRAM", "gaugeHistogram"),
        ("CoUnTeR", "counter"), ("Untyped", "unknown"), ("gauge \t", "gauge"), ("gauge\r", "gauge"),
        ("gauge \r", "gauge"),
        ("ga\\uge", "gauge"), ("\\gauge\\ \\", "gauge"), ("gauge\r\\", "gauge"),
        (String(repeating: "\\", count: 3_000) + "gauge" + String(repeating: " ", count: 3_000), "gauge"),
    ]) func `the types of both formats are known in letters of either case`(written: String, type: String) {
        #expect(Reading("# TYPE foo \(written)\nfoo 1\n").types == ["foo \(type)"])
        #expect(Reading(" \t#\t TYPE \t foo\t \(written)\nfoo 1\n").types == ["foo \(type)"])
        #expect(Reading("#TYPE \"foo\" \(written)\n").types == ["foo \(type)"])
    }

    @Test(arguments: ["gauge\r\r", "gauge" + String(repeating: " ", count: 3_000) + "x"])
    func `nothing stands behind the type`(written: String) {
        #expect(Reading("# TYPE foo \(written)\n").refusal?.hasPrefix("line 1: unknown metric type \"gauge") == true)
    }

    @Test(arguments: [
        ("# TYPE foo gauge\n# TYPE foo gauge\n", "foo"), ("# TYPE foo gauge\n# TYPE foo bogus\n", "foo"),
        ("foo 1\n# TYPE foo gauge\n", "foo"), ("foo{a=\"b\"} 1\n# TYPE foo bogus\n", "foo"),
        ("foo_sum 1\n# TYPE foo_sum gauge\n", "foo_sum"), ("# TYPE s summary\n# TYPE s_sum gauge\n", "s"),
        ("# TYPE s summary\n# TYPE s_count gauge\n", "s"), ("# TYPE h histogram\n# TYPE h_bucket gauge\n", "h"),
        ("# TYPE h gaugehistogram\n# TYPE h_count gauge\n", "h"), ("# TYPE h histogram\n# TYPE h_sum histogram\n", "h"),
        ("# TYPE \"d.d\" gauge\n# TYPE \"d.d\" gauge\n", "d.d"), ("# TYPE foo gauge\n# TYPE \"foo\" gauge\n", "foo"),
        ("{\"d\\\"d\"} 1\n# TYPE \"d\\\"d\" gauge\n", "d\\\"d"),
    ]) func `TYPE comes once, and before the samples`(body: String, family: String) {
        let message = "second TYPE line for metric name \"\(family)\", or TYPE reported after samples"
        #expect(Reading(body).refusal == "line 2: \(message)")
        #expect(Reading(String(body.dropLast())).refusal == "line 2: \(message)")
    }

    @Test(arguments: [
        "# TYPE s summary\n# TYPE s_bucket gauge\n",
        "foo_sum 1\nfoo_count 1\nfoo_bucket{le=\"x\"} 1\n# TYPE foo histogram\n",
        "# HELP foo x\n# TYPE foo gauge\n", "# TYPE foo gauge\n# TYPE foo\n", "# TYPE c counter\n# TYPE c_sum gauge\n",
        "# TYPE h_bucket gauge\n# TYPE h histogram\n",
        "# TYPE _sum summary\n# TYPE _count gauge\n# TYPE _bucket gauge\n",
        "# HELP h_count x\n# TYPE h histogram\n# TYPE h_count gauge\n",
        "# TYPE h histogram\n# TYPE h_count_count gauge\n",
        "foo 1\n# TYPE bar gauge\nfoo 2 1\n# TYPE baz gauge\nbar 1\n",
    ]) func `a family of another name may be typed at any time`(body: String) {
        #expect(Reading(body).refusal == nil)
    }

    @Test(arguments: [
        "# TYPE \"foo\"gauge\n", "# TYPE \"\" gauge\n", "# TYPE \"fo\no\" gauge\n", "# TYPE \"f\\oo\" gauge\n",
        "# HELP \"foo\"\"bar\" x\n", "# TYPE d.d gauge\n",
    ]) func `a comment whose name is broken is refused`(body: String) {
        #expect(Reading(body).refusal == "line 1: invalid metric name in comment")
    }
}
