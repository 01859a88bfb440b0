import Logging
import Testing

@testable import Telemetry

@Suite struct LogLineLogfmtTests {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> String {
        LogLine(time: 1_787_313_601_250, level: .info, message: message, metadata: metadata).logfmt
    }

    @Test func `a line has its time, its level, its message and its pairs sorted by key`() {
        #expect(
            line("server listens", ["b": "x y", "a": "0.0.0.0:3030", "c": ""])
                == "ts=2026-08-21T12:00:01.250Z level=info msg=\"server listens\" a=0.0.0.0:3030 b=\"x y\" c=\"\"")
    }

    @Test(arguments: [
        ("plain", "plain"), ("a=b", "\"a=b\""), ("a\"b", "\"a\\\"b\""), ("a\\b", "\"a\\\\b\""),
        ("a\nb\r\t", "\"a\\nb\\r\\t\""),
        ("\u{1B}[31m", "\"\\u001b[31m\""), ("é", "\"é\""), ("\u{2028}", "\"\\u2028\""), ("\u{0}", "\"\\u0000\""),
    ])
    func `a value stands bare or in quotes, in one line`(value: String, text: String) {
        #expect(line("x", ["k": .string(value)]).hasSuffix(" msg=x k=\(text)"))
    }

    @Test func `a key is made one`() {
        #expect(line("x", ["a b=\"\n": "y"]).hasSuffix(" a_b___=y"))
        #expect(line("x", ["": "y"]).hasSuffix(" _=y"))
    }

    @Test func `values within values are one text`() {
        #expect(
            line("x", ["k": ["a", ["b": "c"]], "n": .stringConvertible(5)]).hasSuffix(" k=\"[a, {b: c}]\" n=5"))
    }
}
