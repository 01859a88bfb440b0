import Delivery
import Foundation
import NIOHTTP1
import Settings
import Telemetry
import Testing

@testable import CurlTransport

@Suite("SenderThread, against a destination on loopback", .timeLimit(.minutes(15)))
struct SenderThreadTests {
    @Test func `a request is as remote write 1.0 wants it`() async throws {
        let fake = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/api/v1/write?x=1"]) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        let request = try #require(fake.requests.first)
        #expect(fake.requests.count == 1)
        #expect(request.head.method == .POST)
        #expect(request.head.uri == "/api/v1/write?x=1")
        #expect(request.text == "p")
        let expected = [
            "content-encoding": "snappy", "content-type": "application/x-protobuf",
            "x-prometheus-remote-write-version": "0.1.0", "user-agent": "push-collector/1.2.3",
            "content-length": "\(request.body.count)", "host": "127.0.0.1:\(fake.port)", "accept": "*/*",
        ]
        let headers = request.head.headers.map { ($0.name.lowercased(), $0.value) }
        #expect(Dictionary(headers, uniquingKeysWith: { first, _ in first }) == expected)
        #expect(headers.count == expected.count)
        try await fake.stop()
    }

    @Test func `in version 2 type and version say so, and Written headers are read`() async throws {
        let prefix = "x-prometheus-remote-write-"
        let written = [("samples", "5"), ("HISTOGRAMS", "1"), ("Exemplars", "none")].map {
            "\(prefix)\($0)-Written: \($1)"
        }
        let fake = try await FakeDestination.start { request in
            .status(200, headers: request.number == 1 ? written : ["\(prefix)Exemplars-Written: 3"])
        }
        try await Scene.run(to: [url(fake)], with: { $0.protobufMessage = .version2 }) { scene in
            try await scene.expect(.delivered, of: "p", samples: 5)
            let refusal = Settlement.refused(
                destination: "backend-0", status: 200, message: "destination confirmed 0 of 5")
            try await scene.expect(refusal, of: "p", samples: 5)
        }
        #expect(fake.requests.count == 2)
        for request in fake.requests {
            let headers = request.head.headers
            #expect(headers["content-type"] == ["application/x-protobuf;proto=io.prometheus.write.v2.Request"])
            #expect(headers["x-prometheus-remote-write-version"] == ["2.0.0"])
            #expect(headers["content-encoding"] == ["snappy"] && headers["user-agent"] == ["push-collector/1.2.3"])
        }
        try await fake.stop()
    }

    @Test(arguments: [204, 415, 400])
    func `an answer that does not know version 2 is followed by version 1 at once`(status: Int) async throws {
        let fake = try await FakeDestination.start { $0.number == 1 ? .status(status) : .status(204) }
        try await Scene.run(to: [url(fake)], with: { $0.protobufMessage = .version2 }) { scene in
            for _ in 0..<2 { try await scene.expect(.delivered, of: "", samples: 5) }
        }
        let versions = fake.requests.map { $0.head.headers["x-prometheus-remote-write-version"] }
        #expect(versions == [["2.0.0"], ["0.1.0"], ["0.1.0"]])
        #expect(fake.requests.map { $0.head.headers["retry-attempt"] } == [[], [], []])
        #expect(fake.requests.last?.head.headers["content-type"] == ["application/x-protobuf"])
        try await fake.stop()
    }

    @Test func `pushes of a group arrive in their order, over one connection`() async throws {
        let fake = try await FakeDestination.start { _ in .status(200) }
        let texts = (0..<300).map { "\($0);" }
        try await Scene.run(to: [url(fake)]) { scene in
            let outcomes = try texts.map { try scene.push($0) }
            for outcome in outcomes { #expect(try await outcome.value == .delivered) }
        }
        #expect(fake.texts.joined() == texts.joined())
        #expect(fake.connections == 1)
        try await fake.stop()
    }

    @Test func `500 and then 200: the same bytes again, saying which attempt it is`() async throws {
        let fake = try await FakeDestination.start { $0.number <= 3 ? .status(500, "later") : .status(200) }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p", samples: 5)
        }
        #expect(fake.requests.map(\.body) == Array(repeating: fake.requests[0].body, count: 4))
        #expect(fake.requests.map { $0.head.headers["retry-attempt"] } == [[], ["1"], ["2"], ["3"]])
        #expect(scene.metrics[0].requests.values.filter { $0.value > 0 } == [500: 3, 200: 1])
        #expect(scene.metrics[0].samplesRetried.value == 15)
        try await fake.stop()
    }

    @Test func `Retry-After is read as seconds`() async throws {
        let fake = try await FakeDestination.start {
            $0.number == 1 ? .status(429, headers: ["Retry-After: 1"]) : .status(200)
        }
        let start = ContinuousClock.now
        try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        #expect(ContinuousClock.now - start >= .seconds(1))
        try await fake.stop()
    }

    @Test func `Retry-After is read as a date; one that is over is none`() async throws {
        // Made when it is asked for, so that nothing is over however slow the machine is.
        let date = { @Sendable (seconds: Double) in
            let formatter = DateFormatter()
            formatter.locale = Locale(identifier: "en_US_POSIX")
            formatter.timeZone = TimeZone(identifier: "GMT")
            formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
            return formatter.string(from: Date(timeIntervalSinceNow: seconds))
        }
        let fake = try await FakeDestination.start { request in
            switch request.number {
            case 1: .status(503, headers: ["Retry-After: \(date(-10))"])
            case 2: .status(503, headers: ["Retry-After: \(date(3))"])
            default: .status(200)
            }
        }
        let start = ContinuousClock.now
        try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        // A date has no fractions of a second.
        #expect(ContinuousClock.now - start > .seconds(1))
        #expect(fake.requests.count == 3)
        try await fake.stop()
    }

    @Test func `a poisoned push is refused with the destination's words, its neighbours are delivered`() async throws {
        let fake = try await FakeDestination.start { request in
            request.text.contains("X") ? .status(400, "X is out of bounds\n") : .status(204)
        }
        let texts = (0..<40).map { $0 % 13 == 7 ? "X\($0);" : "\($0);" }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            let outcomes = try texts.map { try scene.push($0) }
            for (text, outcome) in zip(texts, outcomes) {
                let refused = Settlement.refused(destination: "backend-0", status: 400, message: "X is out of bounds")
                #expect(try await outcome.value == (text.hasPrefix("X") ? refused : .delivered))
            }
        }
        let delivered = fake.texts.filter { !$0.contains("X") }.joined()
        #expect(delivered == texts.filter { !$0.contains("X") }.joined())
        #expect(scene.metrics[0].samplesFailed.values == ["refused": 3, "lost": 0, "unconfirmed": 0])
        #expect(scene.metrics[0].bytesPending.value == 0)
        try await fake.stop()
    }

    @Test func `a connection that is closed between requests is no failure`() async throws {
        let fake = try await FakeDestination.start { _ in
            .bytesAndClose("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            for text in ["a", "b", "c"] { try await scene.expect(.delivered, of: text) }
        }
        #expect(scene.metrics[0].requests.values.filter { $0.value > 0 } == [200: 3])
        #expect(fake.texts == ["a", "b", "c"])
        try await fake.stop()
    }

    @Test func `a kept-alive connection that dies under the next request is no failure`() async throws {
        let fake = try await FakeDestination.start { request in
            request.number == 2 ? .close : .status(200)
        }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            for text in ["a", "b", "c"] { try await scene.expect(.delivered, of: text) }
        }
        #expect(scene.metrics[0].requests.values.filter { $0.value > 0 } == [200: 3])
        #expect(scene.metrics[0].samplesRetried.value == 0)
        #expect(fake.texts == ["a", "b", "b", "c"])
        try await fake.stop()
    }

    @Test func `a destination that never answers is timed out and tried again`() async throws {
        let fake = try await FakeDestination.start { $0.number == 1 ? .silence : .status(200) }
        let scene = try await Scene.run(to: [url(fake)], with: { $0.remoteTimeout = .seconds(2) }) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        // On a busy machine another attempt may take too long as well.
        #expect((scene.metrics[0].requests.values[0] ?? 0) >= 1)
        #expect(scene.metrics[0].requests.values[200] == 1)
        try await fake.stop()
    }

    @Test func `a redirect that is not to be followed is held, as the operator's to mend`() async throws {
        let fake = try await FakeDestination.start { request in
            .status(308, headers: ["Location: http://127.0.0.1:1/elsewhere"])
        }
        let scene = try await Scene.run(to: [url(fake)], drain: .zero, with: { $0.followRedirects = false }) { scene in
            let outcome = try scene.push("p")
            // On a busy machine a push may have waited so long before that that the destination counts as silent.
            let words = "backend-0: answered 308 (redirects are not followed"
            try await eventually { scene.outbox.failing(at: .now)?.hasPrefix(words) == true }
            #expect(outcome.now == nil)
        }
        #expect(!fake.requests.isEmpty)
        #expect(scene.sender.undelivered == 1)
        try await fake.stop()
    }

    @Test(arguments: [200, 503]) func `of a long body 512 bytes are kept, and not all of it is read`(
        status: Int
    ) async throws {
        let fake = try await FakeDestination.start { request in
            request.number > 1 ? .status(200) : .status(status, String(repeating: "m", count: 10 << 20))
        }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p")
            try await scene.expect(.delivered, of: "q")
        }
        #expect(scene.metrics[0].requests.values[0] == 0)
        #expect(fake.connections == 2)
        try await fake.stop()
    }

    @Test func `a long refusal reaches the pusher in part`() async throws {
        let fake = try await FakeDestination.start { _ in .status(422, String(repeating: "m", count: 10_000)) }
        try await Scene.run(to: [url(fake)]) { scene in
            let expected = Settlement.refused(
                destination: "backend-0", status: 422, message: String(repeating: "m", count: 512))
            try await scene.expect(expected, of: "p")
        }
        try await fake.stop()
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
    ])
    func `an answer counts once its headers are whole`(answer: String) async throws {
        let fake = try await FakeDestination.start { _ in .bytesAndClose(answer) }
        try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        #expect(fake.requests.count == 1)
        try await fake.stop()
    }

    @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 100 Continue\r\n\r\n", "220 mail.example ESMTP\r\n"])
    func `half an answer is none`(answer: String) async throws {
        let fake = try await FakeDestination.start { $0.number == 1 ? .bytesAndClose(answer) : .status(200) }
        let scene = try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        #expect(fake.texts == ["p", "p"])
        #expect(scene.metrics[0].requests.values.filter { $0.value > 0 } == [0: 1, 200: 1])
        try await fake.stop()
    }

    @Test func `user and password of the url become basic authentication, and are in no reason`() async throws {
        let fake = try await FakeDestination.start { _ in .status(401, "who are you") }
        try await Scene.run(to: ["http://user:secret@127.0.0.1:\(fake.port)/"], drain: .zero) { scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now) != nil }
            #expect(scene.outbox.failing(at: .now)?.contains("secret") == false)
        }
        #expect(fake.requests.first?.head.headers["authorization"] == ["Basic dXNlcjpzZWNyZXQ="])
        try await fake.stop()
    }

    @Test func `one dead destination does not delay another`() async throws {
        let fake = try await FakeDestination.start { _ in .status(200) }
        let dead = try await FakeDestination.start { _ in .silence }
        let scene = try await Scene.run(to: [url(dead), url(fake)], drain: .zero) { scene in
            for number in 0..<50 { try scene.push("\(number);") }
            try await eventually { scene.metrics[1].samplesDelivered.value == 50 }
            #expect(scene.metrics[0].samplesDelivered.value == 0)
        }
        #expect(scene.sender.undelivered == 50)
        try await fake.stop()
        try await dead.stop()
    }

    @Test func `a large request arrives whole`() async throws {
        let fake = try await FakeDestination.start { _ in .status(200) }
        let giant = (0..<400_000).map { String(($0 &* 2_654_435_761) % 1_000_003) }.joined(separator: ",")
        try await Scene.run(to: [url(fake)]) { scene in
            try await scene.expect(.delivered, of: giant, samples: 2_000)
            try await scene.expect(.delivered, of: "small")
        }
        #expect(fake.texts == [giant, "small"])
        let head = try #require(fake.requests.first?.head)
        #expect(head.headers["expect"].isEmpty && head.headers["transfer-encoding"].isEmpty)
        try await fake.stop()
    }

    private func url(_ fake: FakeDestination) -> String { "http://127.0.0.1:\(fake.port)/write" }
}
