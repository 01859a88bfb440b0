import Exposition
import Testing

@Suite("Values and timestamps of OpenMetrics")
struct TextLinesTailTests {
    /// The name alone, and with a label: the form of the second line is known already.
    private func readings(of tail: String) -> [Reading] {
        ["foo \(tail)\n# EOF", "foo{a=\"b\"} 1\nfoo{a=\"c\"} \(tail)\n# EOF\n", "foo 1\nfoo \(tail)\n# EOF\n"].map {
            Reading(openMetrics: $0)
        }
    }

    @Test(arguments: [
        ("17", "17.0"), ("+1", "1.0"), ("-0", "-0.0"), (".5", "0.5"), ("5.", "5.0"), ("1e3", "1000.0"),
        ("1E-3", "0.001"),
        ("nan", "NaN:7ff8000000000001"), ("NaN", "NaN:7ff8000000000001"), ("+Inf", "inf"), ("-infinity", "-inf"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"), ("1e-400", "0.0"),
        ("1 1520879607.789", "1.0 @1520879607789"), ("1 1520879607", "1.0 @1520879607000"), ("1 -1.5", "1.0 @-1500"),
        ("1 1.520879607e9", "1.0 @1520879607000"), ("1 1520879607.7899", "1.0 @1520879607789"), ("1 -0.0009", "1.0 @0"),
        ("1 9223372036854774", "1.0 @9223372036854773760"), ("NaN 1", "NaN:7ff8000000000001 @1000"), ("1 00", "1.0 @0"),
        ("1 1520879607.78912345678901234", "1.0 @1520879607789"),
    ]) func `a number, and seconds`(tail: String, expected: String) {
        for reading in readings(of: tail) {
            #expect(reading.refusal == nil)
            #expect(reading.samples.last?.split(separator: " ", maxSplits: 1).last.map(String.init) == expected)
        }
    }

    @Test(arguments: [
        ("", "expected float as value, got \"\""), (" 1", "expected float as value, got \"\""),
        ("1_000", "expected float as value, got \"1_000\""), ("0x1p3", "expected float as value, got \"0x1p3\""),
        ("1e999", "expected float as value, got \"1e999\""), ("-nan", "expected float as value, got \"-nan\""),
        ("1\t2", "expected float as value, got \"1\\t2\""), ("1\r", "expected float as value, got \"1\\r\""),
        ("1\u{0}", "expected float as value, got \"1\\x00\""),
        ("17.0# {a=\"b\"} 1", "expected float as value, got \"17.0#\""),
        ("# {a=\"b\"} 1", "expected float as value, got \"#\""),
        ("1 ", "expected seconds as timestamp, got \"\""), ("1  2", "expected seconds as timestamp, got \"\""),
        ("1 NaN", "expected seconds as timestamp, got \"NaN\""),
        ("1 +Inf", "expected seconds as timestamp, got \"+Inf\""),
        ("1 1e300", "expected seconds as timestamp, got \"1e300\""),
        ("1 9223372036854776", "expected seconds as timestamp, got \"9223372036854776\""),
        ("1 -9223372036854778", "expected seconds as timestamp, got \"-9223372036854778\""),
        ("1 #", "expected seconds as timestamp, got \"#\""),
        ("1 #{a=\"b\"} 1", "expected seconds as timestamp, got \"#{a=\\\"b\\\"}\""),
        ("1 # remark", "expected seconds as timestamp, got \"#\""),
        ("1 #  {a=\"b\"} 1", "expected seconds as timestamp, got \"#\""),
        ("1 st@5", "expected seconds as timestamp, got \"st@5\""),
        ("1 2 3", "expected the line's end or an exemplar, found ' '"),
        ("1 2 ", "expected the line's end or an exemplar, found ' '"),
        ("1 2 #", "expected the line's end or an exemplar, found ' '"),
    ]) func `anything else is refused`(tail: String, message: String) {
        for reading in readings(of: tail) {
            #expect(reading.refusal?.split(separator: ": ", maxSplits: 1).last.map(String.init) == message)
            #expect(reading.samples == [])
        }
    }

    @Test func `an error quotes the beginning of a long text`() {
        let long = String(repeating: "x", count: 100_000)
        let kept = String(repeating: "x", count: ExpositionError.longestToken)
        #expect(
            Reading(openMetrics: "foo 1 \(long)\n").refusal == "line 1: expected seconds as timestamp, got \"\(kept)\"")
        #expect(Reading(openMetrics: "# \(long)\n").refusal?.count == kept.count + 60)
    }
}
