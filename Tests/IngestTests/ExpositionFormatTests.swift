import Testing

@testable import Ingest

@Suite("Content-Type: contract B1")
struct ExpositionFormatTests {
    @Test(arguments: [
        nil, "", "text/plain", "text/plain; version=0.0.4; charset=utf-8", "text/plain; version=1.0.0",
        "application/x-www-form-urlencoded", "application/json", "application/octet-stream", ";;", "text/html",
    ])
    func `everything that names no other format is text`(type: String?) throws {
        #expect(try ExpositionFormat(type) == .text)
    }

    @Test(arguments: [
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
        "application/vnd.google.protobuf;encoding=delimited;proto=io.prometheus.client.MetricFamily",
        "Application/Vnd.Google.Protobuf ; Proto=\"io.prometheus.client.MetricFamily\" ;\tENCODING=\"delimited\"",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=values",
    ])
    func `delimited protobuf, its parameters in any order, quoted or not`(type: String) throws {
        #expect(try ExpositionFormat(type) == .protobuf)
    }

    @Test(arguments: [
        "application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8",
        "application/openmetrics-text ; version=0.0.1", "Application/OpenMetrics-Text;version=2.0.0",
    ])
    func `OpenMetrics, whatever its version`(type: String) throws {
        #expect(try ExpositionFormat(type) == .openMetrics)
    }

    @Test(arguments: [
        "application/vnd.google.protobuf", "application/x-protobuf", "application/protobuf",
        "application/vnd.google.protobuf; encoding=delimited",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily",
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=text",
        "application/vnd.google.protobuf; proto=prometheus.WriteRequest; encoding=delimited",
        "application/x-protobuf;proto=io.prometheus.write.v2.Request",
    ])
    func `other protobuf is refused, and the message has the type that is taken`(type: String) {
        let error = #expect(throws: PushError.self) { try ExpositionFormat(type) }
        #expect(error?.description.hasSuffix("proto=io.prometheus.client.MetricFamily; encoding=delimited") == true)
    }
}
