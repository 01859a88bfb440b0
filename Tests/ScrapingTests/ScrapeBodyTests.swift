import Discovery
import Samples
import Settings
import Testing

@testable import Scraping

@Suite struct ScrapeBodyTests {
    private func flaw(_ response: FetchResponse, limit: ByteSize = .mebibytes(1)) -> ScrapeFlaw? {
        do throws(ScrapeFlaw) {
            var settings = Pushgateway()
            settings.limits.decodedSize = limit
            var reader = BodyReader(settings)
            var batch = SampleBatch()
            let body = try ScrapeBody(response)
            try reader.decode(body, into: &batch)
            try reader.parse(body.format, &batch)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            (nil, .text), ("text/plain; version=0.0.4", .text), ("text/html", .text),
            ("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
            ("Application/vnd.google.protobuf;proto=x", .protobuf),
        ] as [(String?, ScrapeBody.Format)])
    func `the type tells the format`(type: String?, format: ScrapeBody.Format) throws {
        #expect(try ScrapeBody(FetchResponse(status: 200, contentType: type)).format == format)
    }

    @Test func `what cannot be read says why`() {
        #expect(flaw(FetchResponse(status: 503)) == ScrapeFlaw(.status, "the answer was 503"))
        let brotli = FetchResponse(status: 200, contentEncoding: "br", body: [1])
        #expect(flaw(brotli) == ScrapeFlaw(.body, "the body is compressed as \"br\", which was not asked for"))
        let cut = FetchResponse(status: 200, contentEncoding: "gzip", body: [0x1f, 0x8b])
        #expect(flaw(cut) == ScrapeFlaw(.body, "the compressed body is corrupt or cut short"))
        #expect(flaw(FetchResponse(status: 200, body: Array("a{\n".utf8)))?.kind == .body)
        let large = FetchResponse(status: 200, body: Array("a 1\n".utf8))
        #expect(
            flaw(large, limit: .bytes(3))
                == ScrapeFlaw(.bodySize, "the body holds more than limits.decoded_size, 3B"))
        #expect(flaw(large) == nil)
    }

    @Test func `a body that was not compressed is packed, and reads the same`() throws {
        let bytes = Array(String(repeating: "some_metric{label=\"value\"} 1\n", count: 1_000).utf8)
        let body = try ScrapeBody(FetchResponse(status: 200, body: bytes))
        let packed = body.packed(bytes)
        #expect(packed.bytes.capacity < bytes.count / 5)
        var reader = BodyReader(Pushgateway())
        var batch = SampleBatch()
        try reader.decode(packed, into: &batch)
        #expect(batch.arena == bytes)
    }
}
