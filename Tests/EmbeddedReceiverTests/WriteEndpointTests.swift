import RemoteWrite
import Testing

@testable import EmbeddedReceiver

@Suite("What becomes of a body")
struct WriteEndpointTests {
    private let printed = Printed()

    @Test func `version 1 is printed and answered 204`() {
        let answer = WriteEndpoint(printed: printed).receive(Vectors.version1.compressed.span, version: .v1)
        #expect(answer == ReceiverAnswer(204))
        #expect(printed.all == ["m{a=\"b\"} 1.5 1700000000000"])
    }

    @Test func `version 2 is confirmed in numbers`() {
        let answer = WriteEndpoint(printed: printed).receive(Vectors.version2.compressed.span, version: .v2)
        #expect(answer.status == 204)
        #expect(
            answer.headers == [
                .init("X-Prometheus-Remote-Write-Samples-Written", "1"),
                .init("X-Prometheus-Remote-Write-Histograms-Written", "0"),
                .init("X-Prometheus-Remote-Write-Exemplars-Written", "1"),
            ])
        #expect(printed.all.count == 1)
    }

    @Test func `several series are one print`() {
        let body = Vectors.version1 + Vectors.version1
        _ = WriteEndpoint(printed: printed).receive(body.compressed.span, version: .v1)
        #expect(printed.all == ["m{a=\"b\"} 1.5 1700000000000\nm{a=\"b\"} 1.5 1700000000000"])
    }

    @Test func `an empty request is answered 204 and prints nothing`() {
        #expect(WriteEndpoint(printed: printed).receive([UInt8]().compressed.span, version: .v1).status == 204)
        #expect(printed.all.isEmpty)
    }

    @Test func `what the reader refuses is 400 with its reason, and prints nothing`() {
        let endpoint = WriteEndpoint(printed: printed)
        let answer = endpoint.receive((Vectors.version1 + Vectors.nameless).compressed.span, version: .v1)
        #expect(answer == ReceiverAnswer(400, "series 1 {a=\"b\"}: label __name__ is missing"))
        let second = endpoint.receive(Vectors.nameless.compressed.span, version: .v2)
        #expect(second.status == 400)
        #expect(second.headers.map(\.value) == ["0", "0", "0"])
        #expect(printed.all.isEmpty)
    }

    @Test func `what is no snappy block is 400`() {
        let endpoint = WriteEndpoint(printed: printed)
        #expect(endpoint.receive([9, 9, 9].span, version: .v1) == ReceiverAnswer(400, "the body is no snappy block"))
        let framed: [UInt8] = [0xff, 6, 0, 0] + Array("sNaPpY".utf8) + [0, 0]
        #expect(
            endpoint.receive(framed.span, version: .v1)
                == ReceiverAnswer(400, "the body is in snappy's framed format, not in its block format"))
    }

    @Test func `a small block that holds too much is 413`() {
        var limits = ReceiverLimits()
        limits.bodyBytes = 40
        let endpoint = WriteEndpoint(printed: printed, limits: limits)
        #expect(endpoint.receive(Vectors.version1.compressed.span, version: .v1).status == 413)
    }

    @Test func `a test may answer otherwise`() {
        let endpoint = WriteEndpoint(printed: printed) { ReceiverAnswer($0.sampleCount == 1 ? 503 : 500, "no") }
        #expect(endpoint.receive(Vectors.version1.compressed.span, version: .v1) == ReceiverAnswer(503, "no"))
        #expect(printed.all.count == 1)
    }
}
