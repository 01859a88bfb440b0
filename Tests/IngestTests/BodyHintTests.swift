import Testing

@testable import Ingest

@Suite("Hints for the frequent mistakes with a body (R7)")
struct BodyHintTests {
    private static let form = "application/x-www-form-urlencoded"

    @Test(
        arguments: [
            ("some_metric%20%7Ba%3D%22b%22%7D%201%0A", form, .percentEncoded),
            ("=some_metric%201", nil, .percentEncoded),
            ("# TYPE a gauge a 1", form, .lineFeedsRemoved),
            ("# TYPE a gauge a 1", "Application/X-WWW-Form-Urlencoded; charset=utf-8", .lineFeedsRemoved),
            ("# TYPE a gauge a 1", "text/plain", nil),
            ("a 100%25\n", form, nil), ("a 1 2 3\n", form, nil), ("a{b=\"100%\"} x", nil, nil), ("", nil, nil),
            ("a%zz%4", form, nil), ("a%zz%4a", form, .percentEncoded),
            // One line has nothing to be joined with.
            ("a 5ms", form, nil), ("a 1b 2", form, .lineFeedsRemoved), ("a#", form, .lineFeedsRemoved),
            ("{\"name\": \"a\", \"value\": 1}", "application/json", .json), (" [\n{}]", nil, .json),
            ("{ \"a b\" :1}\n", form, .json), ("{\"a\",b=\"c\"} 1\n", form, nil), ("{\"a\"=\"c\"} 1\n", form, nil),
            ("{a} 1\n", form, nil), ("{\"", nil, nil), ("{", nil, nil),
            ("a_total 1 # {} 1\n# EOF\n", form, .openMetrics), ("a 1 1.5\r\n# EOF\r\n", nil, .openMetrics),
            ("a x\n# EOF", nil, .openMetrics), ("a x\n# EOF\nb 1\n", nil, nil), ("a\u{0} \u{0}", nil, .utf16),
            ("--------------------------d74496d66958873e\r\nContent-Disposition: form-data\r\n", nil, .multipart),
        ] as [(String, String?, BodyHint?)])
    func `tell what the client did`(body: String, type: String?, hint: BodyHint?) {
        #expect(BodyHint(Array(body.utf8)[...], type: type) == hint)
    }

    @Test(
        arguments: [
            ([0x1f, 0x8b, 0x08], .text, .compressed("gzip")), ([0x1f, 0x8b], .openMetrics, .compressed("gzip")),
            ([0x1f, 0x8b], .protobuf, .compressed("gzip")), ([0x28, 0xb5, 0x2f, 0xfd], .text, .compressed("zstd")),
            ([0xff, 0x06, 0, 0, 0x73], .text, .compressed("snappy")), ([0x28, 0xb5], .text, nil),
            ([0xff, 0xfe, 0x61, 0], .text, .utf16), ([0xfe, 0xff, 0, 0x61], .openMetrics, .utf16),
            ([0xff, 0xfe, 0x61, 0], .protobuf, nil), ([0], .text, nil),
            (Array("a 1\n".utf8), .protobuf, .text), (Array("# HELP some_metric é\r\n".utf8), .protobuf, .text),
            (Array("é 1\n".utf8), .protobuf, nil), ([0xff, 0xff, 0xff, 0xff], .protobuf, nil),
            (Array("(\n&some_metric_with_a_name_of_38_characters".utf8), .protobuf, nil),
            ([0x05, 0x0a, 0x01, 0x61, 0x22, 0x01], .protobuf, nil), ([], .protobuf, nil),
            (Array("a 1\n# EOF\n".utf8), .openMetrics, nil),
        ] as [([UInt8], ExpositionFormat, BodyHint?)])
    func `tell what the body is instead`(body: [UInt8], format: ExpositionFormat, hint: BodyHint?) {
        #expect(BodyHint(body[...], as: format, type: nil) == hint)
    }

    @Test func `a million percent signs are no escape`() {
        let body = [UInt8](repeating: UInt8(ascii: "%"), count: 1 << 20)
        #expect(BodyHint(body[...], type: Self.form) == nil)
    }

    @Test func `say what to do instead`() {
        for hint in [BodyHint.percentEncoded, .lineFeedsRemoved, .multipart] {
            #expect(hint.advice.contains("curl --data-binary"))
        }
        for hint in [BodyHint.compressed("zstd"), .utf16, .json, .openMetrics, .text] {
            #expect(hint.advice.hasPrefix("the body "))
        }
        #expect(BodyHint.compressed("zstd").advice.hasSuffix("Content-Encoding: zstd"))
    }
}
