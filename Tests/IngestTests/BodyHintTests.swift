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
            ("--------------------------d74496d66958873e\r\nContent-Disposition: form-data\r\n", nil, .multipart),
        ] as [(String, String?, BodyHint?)])
    func `tell what the client did`(body: String, type: String?, hint: BodyHint?) {
        #expect(BodyHint(Array(body.utf8)[...], type: type) == hint)
    }

    @Test func `say what to do instead`() {
        for hint in [BodyHint.percentEncoded, .lineFeedsRemoved, .multipart] {
            #expect(hint.advice.contains("curl --data-binary"))
        }
    }
}
