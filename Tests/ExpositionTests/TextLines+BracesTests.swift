import Exposition
import Testing

@Suite("Quoted names (B4, text 1.0.0)")
struct TextLinesBracesTests {
    @Test(arguments: [
        ("{\"d.d\"} 1", "d.d{} 1.0"), ("{\"d.d\"}1", "d.d{} 1.0"), ("{ \"d.d\" , } 1", "d.d{} 1.0"),
        ("{\"d.d\",a=\"b\"} 1 5", "d.d{a=b} 1.0 @5"), ("{a=\"b\",\"d.d\"} 1", "d.d{a=b} 1.0"),
        ("{a=\"b\",\"d.d\",\"c.c\"=\"d\",} 1", "d.d{a=b,c.c=d} 1.0"), ("\"d.d\" 1", "d.d{} 1.0"),
        ("\"d.d\"1", "d.d{} 1.0"),
        ("\"d.d\"{a=\"b\"} 1", "d.d{a=b} 1.0"), ("\"d.d\" {} 1", "d.d{} 1.0"),
        ("foo{\"c.c\" = \"d\"} 1", "foo{c.c=d} 1.0"),
        ("{foo} 1", "foo{} 1.0"), ("{foo,a=\"b\"} 1", "foo{a=b} 1.0"), ("{\"foo\"} 1", "foo{} 1.0"),
        ("{\"a:b\"} 1", "a:b{} 1.0"), ("{\" \"} 1", " {} 1.0"), ("{\"1\",\"2\"=\"3\"} 4", "1{2=3} 4.0"),
        ("{\"溫度\",\"🚀\"=\"°C\"} 1", "溫度{🚀=°C} 1.0"), ("{\"a\\\\b\\\"c\\nd\"} 1", "a\\b\"c\nd{} 1.0"),
        ("\"x\\ny\"{\"x\\ny\"=\"x\\ny\"} 1", "x\ny{x\ny=x\ny} 1.0"),
        ("{\"}\",\"{\"=\"=\",\",\"=\"#\"} 1", "}{{==,,=#} 1.0"),
        ("{\"__name__\"} 1", "__name__{} 1.0"), ("\t{\t\"d.d\"\t,\ta\t=\t\"b\"\t}\t1\t", "d.d{a=b} 1.0"),
    ]) func `a quoted name stands before the braces or anywhere in them`(line: String, sample: String) {
        #expect(Reading(line).samples == [sample])
        #expect(Reading("\(line)\n\(line)\nfoo 1\n\(line)\r\n").samples == [sample, sample, "foo{} 1.0", sample])
    }

    @Test(arguments: [
        "{} 1", "{,} 1", "{a=\"b\"} 1", "{\"a\",\"b\"} 1", "{\"a\" \"b\"} 1", "{\"a\"=\"b\"} 1", "{\"\"} 1",
        "{\"foo\",\"\"=\"x\"} 1",
        "{\"foo\",a} 1", "{\"foo\",a=b} 1", "{\"foo\",a=\"b} 1", "{\"foo\",a=\"\\x\"} 1", "{\"f\\oo\"} 1", "{'foo'} 1",
        "{\"foo\";} 1",
        "{\"foo\",,a=\"b\"} 1", "{,\"foo\"} 1", "{a:b} 1", "{1} 1", "{\"foo\",a=\"1\",a=\"2\"} 1",
        "{\"foo\",a=\"1\",\"a\"=\"2\"} 1",
        "{\"foo\",__name__=\"x\"} 1", "{\"foo\",\"__name__\"=\"x\"} 1", "{\"foo\"", "{\"foo", "\"\" 1", "\"f\\oo\" 1",
        "\"foo",
        "{{\"foo\"}} 1", "{\"foo\",a=\"b\"c=\"d\"} 1",
    ]) func `what is broken there is an invalid metric name`(line: String) {
        #expect(Reading("ok 1\n\(line)\n").refusal == "line 2: invalid metric name")
        #expect(Reading("{\"ok\"} 1\n{\"foo\",a=\"x\"} 1\n\(line)\n").refusal == "line 3: invalid metric name")
    }

    @Test(arguments: [
        ("{\"foo\"}", "expected float as value, got \"\""), ("{\"foo\"} x", "expected float as value, got \"x\""),
        ("{\"foo\"}} 1", "expected float as value, got \"}\""),
        ("{\"foo\"}{} 1", "expected float as value, got \"{}\""),
        ("{\"foo\"} 1 x", "expected integer as timestamp, got \"x\""),
        ("\"foo\"bar 1", "expected float as value, got \"bar\""),
        ("foo{\"bar\"} 1", "invalid label name for metric \"foo\""),
        ("foo{\"\"=\"b\"} 1", "invalid label name for metric \"foo\""),
        ("foo{\"a\\b\"=\"b\"} 1", "invalid label name for metric \"foo\""),
        ("foo{\"a\n\"=\"b\"} 1", "invalid label name for metric \"foo\""),
        ("foo{\"a\"\"b\"=\"c\"} 1", "invalid label name for metric \"foo\""),
        ("foo{\"__name__\"=\"b\"} 1", "label name \"__name__\" is reserved"),
        ("foo{a=\"1\",\"a\"=\"2\"} 1", "duplicate label names for metric \"foo\""),
        ("foo{\"a.b\"=\"1\",\"a.b\"=\"2\"} 1", "duplicate label names for metric \"foo\""),
        ("foo{\"a\\\\\"=\"1\",\"a\\\\\"=\"2\"} 1", "duplicate label names for metric \"foo\""),
        ("\"x y\"{,} 1", "invalid label name for metric \"x y\""),
        ("\"x\\\"y\"{,} 1", "invalid label name for metric \"x\\\"y\""),
    ]) func `what is broken elsewhere is said as for plain names`(line: String, message: String) {
        #expect(Reading("ok 1\n\(line)\n").refusal == "line 2: \(message)")
    }

    @Test func `histograms and summaries have quoted names too`() {
        let body = """
            # TYPE "my.hist" histogram
            {"my.hist_bucket",le="1"} 1
            {le="+Inf","my.hist_bucket"} 2
            {"my.hist_count"} 2
            "my.hist_sum" 3
            # TYPE "s\\\\s" summary
            "s\\\\s"{"quantile"="1"} 5
            # TYPE plain histogram
            {"plain_bucket","le"="1"} 1
            plain_bucket{"le"="1"} 1

            """
        #expect(
            Reading(body).samples == [
                "my.hist_bucket{le=1.0} 1.0", "my.hist_bucket{le=+Inf} 2.0", "my.hist_count{} 2.0", "my.hist_sum{} 3.0",
                "s\\s{quantile=1.0} 5.0", "plain_bucket{le=1.0} 1.0", "plain_bucket{le=1.0} 1.0",
            ])
        #expect(Reading(body).types == ["my.hist histogram", "s\\s summary", "plain histogram"])
        let head = "# TYPE \"my.hist\" histogram\n"
        let negative = "line 2: negative bucket population for histogram \"my.hist\""
        #expect(Reading(head + "{\"my.hist_bucket\",le=\"1\"} -1\n").refusal == negative)
        #expect(
            Reading(head + "{\"my.hist_count\"} -1\n").refusal == "line 2: negative count for histogram \"my.hist\"")
    }
}
