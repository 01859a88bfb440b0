import Exposition
import Testing

@Suite("Lines of OpenMetrics")
struct TextLinesOpenMetricsTests {
    @Test(arguments: [
        ("foo 1", "foo{} 1.0"), (":foo:bar: 1", ":foo:bar:{} 1.0"), ("_ 1", "_{} 1.0"), ("A9_:z 1", "A9_:z{} 1.0"),
        ("foo{} 1", "foo{} 1.0"), ("foo{a=\"b\"} 1", "foo{a=b} 1.0"), ("foo{a=\"b\",} 1", "foo{a=b} 1.0"),
        ("foo{a=\"b\",c=\"d\"} 1", "foo{a=b,c=d} 1.0"), ("foo{a=\"}{,=# \"} 1", "foo{a=}{,=# } 1.0"),
        ("foo{a=\"\"} 1", "foo{a=} 1.0"), ("foo{a=\"\r\t\u{b}\"} 1", "foo{a=\r\t\u{b}} 1.0"),
        ("foo{__x=\"1\",__name=\"2\"} 1", "foo{__x=1,__name=2} 1.0"), ("{\"foo\"} 1", "foo{} 1.0"),
        ("{\"foo\",} 1", "foo{} 1.0"), ("{\"foo\",a=\"b\"} 1", "foo{a=b} 1.0"), ("{a=\"b\",\"foo\"} 1", "foo{a=b} 1.0"),
        ("{a=\"b\",\"foo\",c=\"d\"} 1", "foo{a=b,c=d} 1.0"), ("foo{\"a.b\"=\"c\"} 1", "foo{a.b=c} 1.0"),
        ("{\"my \\\"quoted\\\\ \\q\\nname\"} 1", "my \"quoted\\ \\q\nname{} 1.0"),
        ("{\"温度\",\"單位\"=\"°C\"} 1", "温度{單位=°C} 1.0"), ("{\"raw\nname\",\"l\nl\"=\"x\"} 1", "raw\nname{l\nl=x} 1.0"),
        ("{\"raw\\\\\nname\"} 1", "raw\\\nname{} 1.0"), ("foo{a=\"b\u{0}\"} 1", "foo{a=b\u{0}} 1.0"),
    ]) func `names and labels stand as Prometheus reads them`(line: String, sample: String) {
        #expect(Reading(openMetrics: line + "\n# EOF\n") == Reading(samples: [sample]))
        // The second line has the form of the first.
        #expect(Reading(openMetrics: "\(line)\n\(line)\n# EOF") == Reading(samples: [sample, sample]))
    }

    @Test(arguments: [
        ("", "expected a metric name, '{' or \"# \", found '\\n'"),
        (" foo 1", "expected a metric name, '{' or \"# \", found ' '"),
        ("\tfoo 1", "expected a metric name, '{' or \"# \", found '\\t'"),
        ("1foo 1", "expected a metric name, '{' or \"# \", found '1'"),
        ("\"foo\" 1", "expected a metric name, '{' or \"# \", found '\"'"),
        ("\r", "expected a metric name, '{' or \"# \", found '\\r'"),
        ("foo", "expected one blank before the value, found '\\n'"),
        ("foo\t1", "expected one blank before the value, found '\\t'"),
        ("foo1", "expected one blank before the value, found '\\n'"),
        ("foo {} 1", "expected float as value, got \"{}\""),
        ("foo  1", "expected float as value, got \"\""), ("foo ", "expected float as value, got \"\""),
        ("foo{}1", "expected one blank before the value, found '1'"),
        ("foo{}{} 1", "expected one blank before the value, found '{'"),
        ("foo{a=\"b\"}", "expected one blank before the value, found '\\n'"),
        ("foo-1", "expected one blank before the value, found '-'"),
        ("{} 1", "metric name not set"), ("{a=\"b\"} 1", "metric name not set"),
        ("foo{\"bar\"} 1", "metric name already set, and \"bar\" is another"),
        ("{\"a\",\"b\"} 1", "metric name already set, and \"b\" is another"),
        ("foo{,} 1", "expected a label name, found ','"),
        ("foo{a=\"b\",,} 1", "expected a label name, found ','"),
        ("foo{ a=\"b\"} 1", "expected a label name, found ' '"),
        ("foo{a=\"b\", c=\"d\"} 1", "expected a label name, found ' '"),
        ("foo{:a=\"b\"} 1", "expected a label name, found ':'"),
        ("foo{1a=\"b\"} 1", "expected a label name, found '1'"), ("foo{", "expected a label name, found '\\n'"),
        ("foo{a=\"b\" } 1", "expected ',' or '}' behind a label, found ' '"),
        ("foo{a=\"b\"c=\"d\"} 1", "expected ',' or '}' behind a label, found 'c'"),
        ("foo{a=\"b\"", "expected ',' or '}' behind a label, found '\\n'"),
        ("foo{a} 1", "expected '=' after label name, found '}'"),
        ("foo{a =\"b\"} 1", "expected '=' after label name, found ' '"),
        ("foo{a:b=\"c\"} 1", "expected '=' after label name, found ':'"),
        ("foo{\"a\" =\"b\"} 1", "expected '=' after label name, found ' '"),
        ("foo{a= \"b\"} 1", "expected '\"' at start of label value, found ' '"),
        ("foo{a=b} 1", "expected '\"' at start of label value, found 'b'"),
        ("foo{a='b'} 1", "expected '\"' at start of label value, found '\\''"),
        ("foo{a=\"b", "label value \"b\" contains unescaped new-line"),
        ("foo{a=\"b\\", "label value \"b\\\\\" contains unescaped new-line"),
        ("foo{a=\"b\nc\"} 1", "label value \"b\" contains unescaped new-line"),
        ("{\"\"} 1", "expected a name in quotes, got \"\""),
        ("foo{\"\"=\"b\"} 1", "expected a name in quotes, got \"\""),
        ("{\"a\u{0}\"} 1", "expected a name in quotes, got \"a\\x00\""),
        ("{'foo'} 1", "expected a label name, found '\\''"),
        ("foo{a=\"b\",a=\"c\"} 1", "duplicate label names for metric \"foo\""),
        ("{a=\"\",\"foo\",\"a\"=\"\"} 1", "duplicate label names for metric \"foo\""),
        ("foo{__name__=\"b\"} 1", "label name \"__name__\" is reserved"),
        ("{\"foo\",\"__name__\"=\"b\"} 1", "label name \"__name__\" is reserved"),
    ]) func `anything else is refused`(line: String, message: String) {
        #expect(Reading(openMetrics: line + "\n# EOF\n") == Reading(refusal: "line 1: \(message)"))
        let before = "foo 1\nfoo{a=\"b\"} 1\nfoo{} 1\n"
        #expect(Reading(openMetrics: before + line + "\n# EOF\n").refusal == "line 4: \(message)")
    }

    @Test func `bytes that are no UTF-8 are refused everywhere`() {
        let pieces = [
            ("foo{a=\"x", "\"} 1\n", "invalid label value \"x\\xff\""),
            ("foo{a=\"\\q", "\"} 1\n", "invalid label value \"\\\\q\\xff\""),
            ("foo{a", "=\"\"} 1\n", "expected '=' after label name, found 'ÿ'"),
            ("{\"foo", "\"} 1\n", "expected a name in quotes, got \"foo\\xff\""),
            ("foo{\"a", "\"=\"b\"} 1\n", "expected a name in quotes, got \"a\\xff\""),
            ("foo ", "\n", "expected float as value, got \"\\xff\""),
            ("foo 1 # {a=\"", "\"} 1\n", "invalid label value \"\\xff\""),
            ("foo 1 # {\"", "\"=\"b\"} 1\n", "expected a name in quotes, got \"\\xff\""),
            ("# HELP foo x", "\n", "expected UTF-8 as help text, got \"x\\xff\""),
            ("# HELP foo \\", "\n", "expected UTF-8 as help text, got \"\\\\\\xff\""),
            ("# TYPE foo ", "\n", "unknown metric type \"\\xff\""),
            ("# TYPE \"", "\" gauge\n", "expected a name in quotes, got \"\\xff\""),
            ("# UNIT foo ", "\n", "unit \"\\xff\" not a suffix of metric \"foo\""),
        ]
        var parser = OpenMetricsParser()
        for (before, after, message) in pieces {
            for head in ["", "foo{a=\"b\"} 1\n"] {
                let body = Array((head + before).utf8) + [0xff] + Array((after + "# EOF\n").utf8)
                #expect(Reading(body, by: &parser).refusal == "line \(head.isEmpty ? 1 : 2): \(message)", "\(before)")
            }
        }
    }

    @Test func `lines are counted across names with a line feed in them`() {
        let name = "{\"raw\nname\",a=\"b\"} 1\n"
        let message = "expected float as value, got \"x\""
        #expect(Reading(openMetrics: name + name + "foo x\n# EOF\n").refusal == "line 5: \(message)")
        #expect(Reading(openMetrics: "# TYPE \"raw\nname\" gauge\nfoo x\n# EOF\n").refusal == "line 3: \(message)")
        let label = "foo{\"l\nl\"=\"x\"} 1\n"
        #expect(Reading(openMetrics: label + label + label + "foo x\n# EOF\n").refusal == "line 7: \(message)")
    }

    @Test func `labels by the hundred are read, and none is there twice`() {
        let labels = (0..<300).map { "l\($0)=\"\($0)\"" }
        let sample = "foo{\((0..<300).map { "l\($0)=\($0)" }.joined(separator: ","))} 1.0"
        #expect(Reading(openMetrics: "foo{\(labels.joined(separator: ","))} 1\n# EOF\n").samples == [sample])
        let twice = (labels + ["l7=\"x\""]).joined(separator: ",")
        #expect(
            Reading(openMetrics: "foo{\(twice)} 1\n# EOF\n").refusal
                == "line 1: duplicate label names for metric \"foo\"")
    }

    @Test func `what other parsers of text forgive is refused`() {
        for line in [
            "# remark", "#", "# ", "foo 1 ", "foo 1\r", "foo{a=\"b\"} 1\t", " ", "\u{feff}foo 1", "#HELP foo x",
        ] {
            #expect(Reading(openMetrics: line + "\n# EOF\n").refusal?.hasPrefix("line 1: ") == true, "\(line)")
        }
        #expect(Reading(openMetrics: "# TYPE h histogram\nh_count -1\nh_bucket{le=\"1\"} -1\n# EOF\n").refusal == nil)
    }
}
