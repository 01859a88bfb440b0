import Exposition
import Testing

@Suite("Values and timestamps (B7, B9)")
struct TextLinesValueTests {
    @Test(arguments: ["NaN", "nan", "NAN", "nAn"]) func `every NaN is the ordinary one`(word: String) {
        for line in [
            "foo \(word)", "foo{a=\"b\"} \(word)", "foo{a=\"b\"}\(word)", "{\"foo\"} \(word)", "foo \(word) 5",
        ] {
            #expect(Reading("foo 1\nfoo{a=\"b\"} 1\n\(line)\n").samples.last?.contains(" NaN:7ff8000000000001") == true)
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", -0.0), ("+1", 1), ("1.", 1), (".5", 0.5), ("-.5", -0.5), ("1e3", 1000), ("1E+03", 1000),
            ("00012", 12),
            ("1e-3", 0.001), ("Inf", .infinity), ("+inf", .infinity), ("-INFINITY", -.infinity),
            ("infinity", .infinity),
            ("1e-400", 0), ("-1e-400", -0.0), ("4.9e-324", .leastNonzeroMagnitude),
            ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("9007199254740993", 9_007_199_254_740_992), ("123456789012345678901234567890", 1.2345678901234568e29),
            ("0.1000000000000000055511151231257827021181583404541015625", 0.1),
            ("18446744073709551615", 18446744073709551616),
            ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown), ("1e0000000000000000000001", 10),
            ("0e999999999999", 0),
        ] as [(String, Double)]) func `numbers are what they are in Go`(text: String, value: Double)
    {
        for (line, rest) in [
            ("foo ", ""), ("foo{a=\"b\"} ", ""), ("foo{a=\"b\"}", ""), ("foo ", " "), ("foo ", "\r"), ("foo ", " 5"),
            ("{\"foo\"}\t", "\t5"), ("foo  ", ""), ("foo{a=\"c\"}", "  -5"),
        ] {
            for before in ["", "foo 1\n", "foo{a=\"b\"} 1\n", "{\"foo\"}\t1\n"] {
                let reading = Reading(before + line + text + rest + "\n")
                #expect(reading.samples.last?.split(separator: " ")[1] == "\(value)", "\(line)\(text)\(rest)")
            }
        }
    }

    @Test(arguments: [
        "", "x", "1x", "0x10", "0X1P3", "1_000", "1e", "1e+", "e1", ".", "-", "+", "1..2", "1,5", "+NaN", "-nan",
        "infin", "1e400",
        "-1e309", "nan1", "1-", "1e5.0", "0b1", "0o7", "1f", "++1", "infinityy", "1e400000000000000000000", "١",
    ]) func `what is no number in Go is refused`(text: String) {
        for line in ["foo ", "foo{a=\"b\"} ", "{\"foo\"} ", "foo{a=\"b\"}"] {
            for before in ["bar 1\n", "foo 1\n", "foo{a=\"b\"} 1\n", "{\"foo\"} 1\n"] {
                let message = "line 2: expected float as value, got \"\(text)\""
                #expect(Reading(before + line + text + "\n").refusal == message)
                #expect(Reading(before + line + text + " 5\r\n").refusal == message || text.isEmpty)
            }
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("+5", 5), ("-5", -5), ("007", 7), ("9223372036854775807", .max),
            ("-9223372036854775808", .min),
            ("+9223372036854775807", .max), ("000000000000000000000000001", 1), ("1700000000000", 1_700_000_000_000),
        ] as [(String, Int64)]) func `a timestamp is a 64-bit integer`(text: String, timestamp: Int64)
    {
        for rest in ["\n", "", " \n", "\t\r\n", "\r\n"] {
            #expect(Reading("foo 1 \(text)\(rest)").samples == ["foo{} 1.0 @\(timestamp)"])
            #expect(Reading("foo{} NaN\t \(text)\(rest)").samples == ["foo{} NaN:7ff8000000000001 @\(timestamp)"])
        }
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "1.0", "1e3", "0x1", "1_0", "--1", "+", "-", "NaN",
        "99999999999999999999", "5s",
    ]) func `any other timestamp is refused`(text: String) {
        let message = "line 1: expected integer as timestamp, got \"\(text)\""
        for rest in ["\n", " \n", " \r\n", " x\n"] { #expect(Reading("foo 1 \(text)\(rest)").refusal == message) }
    }
}
