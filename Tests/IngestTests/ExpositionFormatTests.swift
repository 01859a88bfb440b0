import NIOHTTP1
import Testing

@testable import Ingest

@Suite("Content-Type: contract B1")
struct ExpositionFormatTests {
    @Test(arguments: [
        nil, "", "text/plain", "text/plain; version=0.0.4; charset=utf-8", "text/plain; version=1.0.0",
        "application/x-www-form-urlencoded", "application/json", "application/octet-stream", ";;",
    ])
    func `everything that names no other format is text`(type: String?) throws {
        #expect(try ExpositionFormat(HTTPHeaders(type.map { [("Content-Type", $0)] } ?? [])) == .text)
    }

    @Test(arguments: [
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
        "Application/Vnd.Google.Protobuf;encoding=delimited", "application/vnd.google.protobuf",
        "application/x-protobuf", "application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/openmetrics-text ; version=0.0.1",
    ])
    func `other formats are refused by name`(type: String) {
        #expect(throws: PushError.self) { try ExpositionFormat(HTTPHeaders([("Content-Type", type)])) }
    }
}
