import Exposition
import Testing

@Suite("What is refused, and how the Pushgateway says it (B4)")
struct ExpositionErrorTests {
    static let samples: [(String, String)] = [
        ("foo\n", "expected float as value, got \"\""),
        ("foo \t\n", "expected float as value, got \"\""),
        ("foo{}\n", "expected float as value, got \"\""),
        ("foo one\n", "expected float as value, got \"one\""),
        ("foo 1\u{0} 2\n", "expected float as value, got \"1\\x00\""),
        ("foo\"bar\" 1\n", "expected float as value, got \"\\\"bar\\\"\""),
        ("foo\\ 1\n", "expected float as value, got \"\\\\\""),
        ("foo 0x1p-2\n", "expected float as value, got \"0x1p-2\""),
        ("foo 1e\n", "expected float as value, got \"1e\""),
        ("foo 1.2.3\n", "expected float as value, got \"1.2.3\""),
        ("foo infinit\n", "expected float as value, got \"infinit\""),
        ("foo --1\n", "expected float as value, got \"--1\""),
        ("foo 1\u{b}\n", "expected float as value, got \"1\\v\""),
        ("foo\u{2028} 1\n", "expected float as value, got \"\\u2028\""),
        ("foo \u{1f600}\u{7f} 1\n", "expected float as value, got \"\u{1f600}\\x7f\""),
        ("1foo 1\n", "invalid metric name"),
        ("-1\n", "invalid metric name"),
        ("} 1\n", "invalid metric name"),
        ("é 1\n", "invalid metric name"),
        ("\u{0}\n", "invalid metric name"),
        ("{} 1\n", "invalid metric name"),
        ("foo 1 two\n", "expected integer as timestamp, got \"two\""),
        ("foo 1 1.0\n", "expected integer as timestamp, got \"1.0\""),
        ("foo 1 # {a=\"b\"} 1\n", "expected integer as timestamp, got \"#\""),
        ("foo 1 -9223372036854775809\n", "expected integer as timestamp, got \"-9223372036854775809\""),
        ("foo 1 +\n", "expected integer as timestamp, got \"+\""),
        ("foo 1 1_0\n", "expected integer as timestamp, got \"1_0\""),
        ("foo 1 2 3\n", "spurious string after timestamp: \" 3\""),
        ("foo 1 2\t # {}  \n", "spurious string after timestamp: \"\\t # {}  \""),
        ("foo 1 2 \\n\\\n", "spurious string after timestamp: \" n\""),
    ]

    static let labels: [(String, String)] = [
        ("foo{\n", "invalid label name for metric \"foo\""),
        ("foo{a=\"b\",\n", "invalid label name for metric \"foo\""),
        ("foo{a=\"b\",,} 1\n", "invalid label name for metric \"foo\""),
        ("foo{:a=\"b\"} 1\n", "invalid label name for metric \"foo\""),
        ("foo{\u{0}a=\"b\"} 1\n", "invalid label name for metric \"foo\""),
        ("foo{a\n", "expected '=' after label name, found '\\n'"),
        ("foo{a} 1\n", "expected '=' after label name, found '}'"),
        ("foo{a b=\"c\"} 1\n", "expected '=' after label name, found 'b'"),
        ("foo{a:b=\"c\"} 1\n", "expected '=' after label name, found ':'"),
        ("foo{a\"b\"} 1\n", "expected '=' after label name, found '\"'"),
        ("foo{a'=\"b\"} 1\n", "expected '=' after label name, found '\\''"),
        ("foo{aé=\"b\"} 1\n", "expected '=' after label name, found 'Ã'"),
        ("foo{a\u{0}=\"b\"} 1\n", "expected '=' after label name, found '\\x00'"),
        ("foo{a=b} 1\n", "expected '\"' at start of label value, found 'b'"),
        ("foo{a='b'} 1\n", "expected '\"' at start of label value, found '\\''"),
        ("foo{a=\n", "expected '\"' at start of label value, found '\\n'"),
        ("foo{a=}\n", "expected '\"' at start of label value, found '}'"),
        ("foo{a==\"b\"}\n", "expected '\"' at start of label value, found '='"),
        ("foo{a=\"b\n", "label value \"b\" contains unescaped new-line"),
        ("foo{a=\"b\\\\c\n", "label value \"b\\\\c\" contains unescaped new-line"),
        ("foo{a=\"\\x\"} 1\n", "invalid escape sequence '\\x'"),
        ("foo{a=\"\\'\"} 1\n", "invalid escape sequence '\\''"),
        ("foo{a=\"b\\\nc\"} 1\n", "invalid escape sequence '\\\n'"),
        ("foo{a=\"\\é\"} 1\n", "invalid escape sequence '\\Ã'"),
        ("foo{a=\"b\"\n", "unexpected end of label value \"b\""),
        ("foo{a=\"b\"\"c\"} 1\n", "unexpected end of label value \"b\""),
        ("foo{a=\"b\\n\";} 1\n", "unexpected end of label value \"b\\n\""),
        ("foo{a=\"b\",a=\"c\"} 1\n", "duplicate label names for metric \"foo\""),
        ("foo{a=\"b\",a=oops} 1\n", "duplicate label names for metric \"foo\""),
        ("foo{a=\"\",b=\"\",a=\"\\x\"} 1\n", "duplicate label names for metric \"foo\""),
        ("foo{a=\"b\",a} 1\n", "expected '=' after label name, found '}'"),
        ("foo{__name__=\"b\"} 1\n", "label name \"__name__\" is reserved"),
        ("foo{a=\"b\" , __name__ = oops} 1\n", "label name \"__name__\" is reserved"),
    ]

    static let families: [(String, String)] = [
        ("# TYPE foo bar\n", "unknown metric type \"bar\""),
        ("# TYPE foo \u{0}\n", "unknown metric type \"\\x00\""),
        ("# TYPE foo gauge # no\n", "unknown metric type \"gauge # no\""),
        ("# TYPE foo ba\\r\\\\\n", "unknown metric type \"bar\""),
        ("# TYPE foo \\\n", "unknown metric type \"\""),
        ("# TYPE 9 gauge\n", "invalid metric name in comment"),
        ("# TYPE -foo gauge\n", "invalid metric name in comment"),
        ("# HELP foo-bar text\n", "invalid metric name in comment"),
        ("# HELP fö text\n", "invalid metric name in comment"),
        ("# HELP {foo} text\n", "invalid metric name in comment"),
        ("\t#\tHELP\tfoo:\u{0}\n", "invalid metric name in comment"),
    ]

    @Test(arguments: samples + labels + families)
    func `a line with a flaw is refused in the Pushgateway's words`(body: String, message: String) {
        #expect(Reading(body).refusal == "line 1: \(message)")
        #expect(Reading("ok 1\nok{a=\"b\"} 2\n\n#\n" + body + "ok 3\n").refusal == "line 5: \(message)")
        #expect(Reading("ok 1\r\n" + body).refusal == "line 2: \(message)")
    }

    @Test(arguments: samples + labels + families)
    func `a flaw that only the end of the body shows is an unexpected end`(body: String, message: String) {
        let cut = String(body.dropLast())
        guard body.hasSuffix("\n"), Reading(cut).refusal != "line 1: \(message)" else { return }
        #expect(Reading(cut).refusal == "line 1: unexpected end of input stream")
    }

    @Test(arguments: [
        "foo", "foo ", "foo{", "foo{a", "foo{a ", "foo{a=", "foo{a= ", "foo{a=\"", "foo{a=\"b", "foo{a=\"b\\",
        "foo{a=\"b\"",
        "foo{a=\"b\" ", "foo{a=\"b\",", "foo{a=\"b\"}", "foo{a=\"b\"} ", "foo one", "foo 1 two", "foo 1 2 3",
        "# TYPE foo bar",
        "{", "{\"foo", "{\"foo\"", "{\"foo\",", "{\"foo\"}", "\"foo", "\"foo\"", "# TYPE \"foo", "# HELP \"foo\\",
    ]) func `a body that ends within a line is told so`(body: String) {
        #expect(Reading(body).refusal == "line 1: unexpected end of input stream")
        #expect(Reading("ok 1\n\n" + body).refusal == "line 3: unexpected end of input stream")
    }

    @Test func `bytes that are no UTF-8 are refused everywhere but in comments`() {
        let pieces: [(String, String, String?)] = [
            ("foo{a=\"x", "\"} 1\n", "invalid label value \"x\\xff\""),
            ("foo{a=\"\\n", "\"} 1\n", "invalid label value \"\\n\\xff\""),
            ("foo{a", "=\"\"} 1\n", "expected '=' after label name, found 'ÿ'"),
            ("foo{a=\"\\", "\"} 1\n", "invalid escape sequence '\\ÿ'"),
            ("foo{a=", "} 1\n", "expected '\"' at start of label value, found 'ÿ'"),
            ("foo ", "\n", "expected float as value, got \"\\xff\""),
            ("foo 1 ", "\n", "expected integer as timestamp, got \"\\xff\""),
            ("foo 1 2 ", "\n", "spurious string after timestamp: \" \\xff\""),
            ("", "foo 1\n", "invalid metric name"),
            ("{\"foo", "\"} 1\n", "invalid metric name"),
            ("foo{\"a", "\"=\"b\"} 1\n", "invalid label name for metric \"foo\""),
            ("# TYPE fo", " gauge\n", "invalid metric name in comment"),
            ("# TYPE foo ", "\n", "unknown metric type \"\\xff\""),
            ("# HELP fo", " text\n", "invalid metric name in comment"),
            ("# HELP foo ", "\n", nil), ("# HELP foo text \\", "\n", nil), ("# ", "\n", nil), ("#", " HELP x-\n", nil),
        ]
        for (before, after, message) in pieces {
            let reading = Reading(Array(before.utf8) + [0xff] + Array(after.utf8))
            #expect(reading.refusal == message.map { "line 1: " + $0 }, "\(before)")
        }
    }

    @Test(
        arguments: [
            [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
            [0xf8, 0x88, 0x80, 0x80, 0x80],
            [0x80], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x9a],
        ] as [[UInt8]]) func `overlong, surrogate, too large and cut characters are no UTF-8`(bytes: [UInt8])
    {
        for padding in 0..<70 {
            let value = Array(repeating: UInt8(ascii: "v"), count: padding) + bytes
            let line = Array("foo{a=\"".utf8) + value + Array("\"} 1\n".utf8)
            #expect(Reading(line).refusal?.hasPrefix("line 1: invalid label value \"vvv".prefix(padding + 29)) == true)
            // The second line has the form of the first.
            let second = Reading(Array("foo{a=\"b\"} 1\n".utf8) + line)
            #expect(second.refusal?.hasPrefix("line 2: invalid label value") == true)
        }
    }

    @Test func `an error quotes the beginning of a long text`() {
        let long = String(repeating: "x", count: 100_000)
        let kept = String(repeating: "x", count: ExpositionError.longestToken)
        #expect(Reading("foo \(long)\n").refusal == "line 1: expected float as value, got \"\(kept)\"")
        #expect(Reading("foo{a=\"\(long)\n").refusal == "line 1: label value \"\(kept)\" contains unescaped new-line")
        #expect(Reading("# TYPE foo \(long)\n").refusal == "line 1: unknown metric type \"\(kept)\"")
        #expect(Reading("\(long){,} 1\n").refusal == "line 1: invalid label name for metric \"\(kept)\"")
    }
}
