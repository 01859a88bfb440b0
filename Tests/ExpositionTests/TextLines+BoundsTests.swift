import Exposition
import Testing

@Suite("Bounds of buckets and quantiles (B11)")
struct TextLinesBoundsTests {
    static let bounds: [(String, String)] = [
        ("1", "1.0"), ("0", "0.0"), ("-0", "0.0"), ("1e0", "1.0"), ("0.5", "0.5"), ("10", "10.0"),
        ("100000", "100000.0"),
        ("999999", "999999.0"), ("1000000", "1e+06"), ("1234567", "1.234567e+06"), ("2500000", "2.5e+06"),
        ("12345678.9", "1.23456789e+07"), ("1e15", "1e+15"), ("0.0001", "0.0001"), ("0.00001", "1e-05"),
        ("1.5e-7", "1.5e-07"), ("Inf", "+Inf"), ("inf", "+Inf"), ("+Infinity", "+Inf"), ("-INF", "-Inf"),
        ("nan", "NaN"),
        ("+Inf", "+Inf"), ("NaN", "NaN"), ("1.0", "1.0"), ("1.50", "1.5"), ("01.5", "1.5"), (".5", "0.5"),
        ("5.", "5.0"),
        ("+2", "2.0"), ("-2.5", "-2.5"), ("999999.5", "999999.5"), ("1000000.5", "1.0000005e+06"), ("1e100", "1e+100"),
        ("1e-400", "0.0"), ("0.1000000000000000055511151231257827", "0.1"),
        ("9007199254740993", "9.007199254740992e+15"),
        ("0.00099", "0.00099"), ("0.000099", "9.9e-05"), ("0.0", "0.0"), ("00.5", "0.5"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ]

    @Test(arguments: bounds) func `a bound becomes canonical`(written: String, canonical: String) {
        for (type, name, label) in [
            ("histogram", "h_bucket", "le"), ("summary", "h", "quantile"), ("gaugehistogram", "h_bucket", "le"),
            ("histogram", "h", "le"), ("histogram", "h_sum", "le"), ("summary", "h_count", "quantile"),
        ] {
            let lines = "\(name){a=\"1\",\(label)=\"\(written)\"} 1\n{\"\(name)\",\(label)=\"\(written)\",b=\"1\"} 1\n"
            let body = "# TYPE h \(type)\n" + lines + lines
            let changed = ["\(name){a=1,\(label)=\(canonical)} 1.0", "\(name){\(label)=\(canonical),b=1} 1.0"]
            #expect(Reading(body).samples == changed + changed)
            let kept = ["\(name){a=1,\(label)=\(written)} 1.0", "\(name){\(label)=\(written),b=1} 1.0"]
            #expect(Reading(body, canonicalBuckets: false).samples == kept + kept)
        }
    }

    @Test(arguments: [
        ("# TYPE h histogram\n", "h_bucket{quantile=\"1\"} 1"), ("# TYPE h summary\n", "h{le=\"1\"} 1"),
        ("# TYPE h summary\n", "h_bucket{quantile=\"1\"} 1"), ("# TYPE h gauge\n", "h{le=\"1\",quantile=\"x\"} 1"),
        ("", "h_bucket{le=\"1\"} 1"), ("h_bucket 1\n# TYPE h histogram\n", "h_bucket{le=\"1\"} 1"),
        ("# TYPE other histogram\n", "h_bucket{le=\"x\"} 1"), ("# TYPE h histogram\n", "h_buckets{le=\"x\"} 1"),
    ]) func `a label of that name elsewhere stays as it is`(head: String, line: String) {
        #expect(Reading(head + line + "\n").samples.last == line.replacing("\"", with: "") + ".0")
    }

    @Test(arguments: [
        ("histogram", "h_bucket", "le"), ("histogram", "h_count", "le"), ("gaugehistogram", "h_bucket", "le"),
        ("summary", "h", "quantile"), ("summary", "h_sum", "quantile"),
    ]) func `a bound that is no number is refused`(type: String, name: String, label: String) {
        for text in [
            "", "x", ".0.5", ".5.5", "..5", "0.5.", "1.5.5", "+In", "+Inf ", "-0.5.5", "0x1", "1_0", " 1", "1 ", "+NaN",
            "1e999", "0x1p3", "\\n", "é", "\\\"1\\\"", "1,2",
        ] {
            let quoted = "expected float as value for '\(label)' label, got \"\(text)\""
            let head = "# TYPE h \(type)\n"
            #expect(Reading(head + "\(name){\(label)=\"\(text)\"} 1\n").refusal == "line 2: \(quoted)")
            let good = "\(name){\(label)=\"1\"} 1\n"
            for canonical in [true, false] {
                let body = head + good + "\(name){\(label)=\"\(text)\"} 1\n"
                #expect(Reading(Array(body.utf8), canonicalBuckets: canonical).refusal == "line 3: \(quoted)")
            }
            let body = head + "{\"\(name)\",\(label)=\"\(text)\"} 1\n"
            #expect(Reading(body).refusal == "line 2: \(quoted)")
        }
    }

    @Test func `the bound is checked before what follows it`() {
        let head = "# TYPE h histogram\n"
        let message = "line 2: expected float as value for 'le' label, got \"x\""
        for rest in ["", "\n", ";} 1\n", ",a} 1\n", "} x\n", ",le=\"1\"} 1\n"] {
            #expect(Reading(head + "h_bucket{a=\"b\",le=\"x\"" + rest).refusal == message)
        }
        let duplicates = "line 2: duplicate label names for metric \"h\""
        #expect(Reading(head + "h_bucket{a=\"b\",a=\"c\",le=\"x\"} 1\n").refusal == duplicates)
        #expect(Reading(head + "h_bucket{le=\"1\",le=\"2\"} 1\n").refusal == duplicates)
    }

    @Test(arguments: ["histogram", "gaugehistogram"]) func `a histogram counts nothing negative`(type: String) {
        let head = "# TYPE h \(type)\n"
        for value in ["-1", "-0.5", "-1e-300", "-Inf", "-1 5"] {
            let bucket = "negative bucket population for histogram \"h\""
            let count = "negative count for histogram \"h\""
            #expect(Reading(head + "h_bucket{le=\"1\"} \(value)\n").refusal == "line 2: \(bucket)")
            #expect(
                Reading(head + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"2\"} \(value)\n").refusal == "line 3: \(bucket)")
            #expect(Reading(head + "h{le=\"1\"} \(value)\n").refusal == "line 2: \(bucket)")
            #expect(Reading(head + "h_count \(value)\n").refusal == "line 2: \(count)")
            #expect(Reading(head + "h_count 1\nh_count \(value)\n").refusal == "line 3: \(count)")
            #expect(Reading(head + "h_count{le=\"1\"} \(value)\n").refusal == "line 2: \(count)")
            for line in [
                "h_sum", "h_sum{le=\"1\"}", "h_bucket", "h_bucket{a=\"b\"}", "h_bucket{le=\"NaN\"}", "h", "other_count",
            ] {
                #expect(Reading(head + "\(line) \(value)\n").refusal == nil)
            }
        }
        #expect(
            Reading(head + "h_bucket{le=\"1\"} -0\nh_count -0.0\nh_bucket{le=\"1\"} NaN\nh_count NaN\n").refusal == nil)
        #expect(Reading("# TYPE s summary\ns_count -1\ns{quantile=\"1\"} -1\n").refusal == nil)
    }

    @Test func `a line without a bound does not inherit the one before it`() {
        let head = "# TYPE h histogram\n# TYPE s summary\n"
        for other in ["h_bucket{le=\"1\"} 1\n", "s{quantile=\"0.5\"} 1\n", "h_bucket{a=\"b\",le=\"1\"} 1\n"] {
            let body = head + "h_bucket{a=\"b\"} 1\n" + other + "h_bucket{a=\"b\"} -1\n"
            #expect(Reading(body).refusal == nil)
        }
    }
}
