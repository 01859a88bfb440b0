import Exposition
import Testing

@Suite("Lines, names and labels (B4, B8)")
struct TextLinesTests {
    @Test(arguments: [
        ("foo 1", "foo{} 1.0"), (":foo:bar: 1", ":foo:bar:{} 1.0"), ("_ 1", "_{} 1.0"), ("__ 1", "__{} 1.0"),
        ("A9_:z 1", "A9_:z{} 1.0"),
        ("foo+1", "foo{} 1.0"), ("foo-1", "foo{} -1.0"), ("foo.5", "foo{} 0.5"), ("foo{}1", "foo{} 1.0"),
        ("foo {} 1", "foo{} 1.0"),
        ("foo\t{\t}\t1", "foo{} 1.0"), ("foo{a=\"b\"} 1", "foo{a=b} 1.0"), ("foo{a=\"b\",} 1", "foo{a=b} 1.0"),
        ("foo { a = \"b\" , c\t=\t\"d\"\t,\t} 1", "foo{a=b,c=d} 1.0"),
        ("foo{_=\"1\",A1_=\"2\"} 1", "foo{_=1,A1_=2} 1.0"),
        ("foo{a=\"}{,=#\"} 1", "foo{a=}{,=#} 1.0"), ("foo{a=\"\"} 1", "foo{a=} 1.0"),
        ("foo{a=\"\r\t\u{b}\"} 1", "foo{a=\r\t\u{b}} 1.0"),
        ("foo{__x=\"1\",__name=\"2\",__name__x=\"3\"} 1", "foo{__x=1,__name=2,__name__x=3} 1.0"),
        ("foo{job=\"a\",le=\"x\",quantile=\"y\"} 1", "foo{job=a,le=x,quantile=y} 1.0"), ("HELP 1", "HELP{} 1.0"),
        ("TYPE{a=\"b\"} 1", "TYPE{a=b} 1.0"), ("inf Inf", "inf{} inf"),
        ("foo{a=\"\\\\n\\\\\\\"\"} 1", "foo{a=\\n\\\"} 1.0"),
        ("e1 1", "e1{} 1.0"), ("__name__ 1", "__name__{} 1.0"),
        ("foo{a=\"☃🚀测试\u{10ffff}\u{fffd}\u{feff}\"} 1", "foo{a=☃🚀测试\u{10ffff}\u{fffd}\u{feff}} 1.0"),
    ]) func `a sample has a name, labels or none, and a value`(line: String, sample: String) {
        for (before, after) in [("", ""), ("", "\n"), (" \t ", " \t\n"), ("\n\n#\n", "\n\n"), ("\u{feff}", "\r\n")] {
            #expect(Reading(before + line + after).samples == [sample])
        }
    }

    @Test func `lines are counted as the Pushgateway counts them`() {
        let lines = [
            "", " ", "#", "# x", "# HELP foo x", "# TYPE foo gauge", "foo 1", "foo{a=\"b\"} 1", "foo{a=\"c\"} 1", "\r",
            "{\"x\"} 1",
        ]
        for count in 0..<lines.count {
            let body = lines.prefix(count).map { $0 + "\n" }.joined() + "!\n"
            #expect(Reading(body).refusal == "line \(count + 1): invalid metric name")
        }
        let many = String(repeating: "foo 1\n", count: 100_000)
        #expect(Reading(many + "foo x").refusal == "line 100001: unexpected end of input stream")
        #expect(Reading(many + "foo x\n").refusal == "line 100001: expected float as value, got \"x\"")
    }

    @Test func `families may be mixed, and samples keep their order`() {
        let body = """
            # TYPE a counter
            # TYPE h histogram
            h_bucket{le="1"} 1
            a 1
            # HELP b later
            h_count 1
            b 2
            s_sum 1
            # TYPE s summary
            s_sum 2
            s{quantile="1"} 3
            s_count 4
            h_sum 5
            a 6
            """
        #expect(
            Reading(body).samples == [
                "h_bucket{le=1.0} 1.0", "a{} 1.0", "h_count{} 1.0", "b{} 2.0", "s_sum{} 1.0", "s_sum{} 2.0",
                "s{quantile=1.0} 3.0",
                "s_count{} 4.0", "h_sum{} 5.0", "a{} 6.0",
            ])
        #expect(Reading(body).types == ["a counter", "h histogram", "b unknown", "s summary"])
    }

    @Test func `the first flaw is the one that is told`() {
        #expect(Reading("foo x\nbar{\n").refusal == "line 1: expected float as value, got \"x\"")
        #expect(Reading("foo 1\n# TYPE foo gauge\nfoo x\n").refusal?.hasPrefix("line 2: second TYPE") == true)
        #expect(Reading("foo{a=\"\\x\",b\n").refusal == "line 1: invalid escape sequence '\\x'")
    }
}
