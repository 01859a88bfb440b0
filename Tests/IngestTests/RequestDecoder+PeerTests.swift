import Fixtures
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import Ingest

/// The decoder beside NIO's, which is llhttp: what one takes for requests the other takes for the same ones.
@Suite("Requests as two readers read them")
struct RequestDecoderPeerTests {
    /// A request as both readers tell it.
    struct Request: Equatable {
        var method: String
        var target: String
        var isOldVersion: Bool
        var length: Int?
        var body: [UInt8] = []
        var isWhole = false
    }

    /// The requests in some bytes as NIO reads them, and whether it found a flaw.
    private func nio(_ bytes: [UInt8]) -> (requests: [Request], isFlawed: Bool) {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        var isFlawed = false
        do { try channel.writeInbound(ByteBuffer(bytes: bytes)) } catch { isFlawed = true }
        var requests: [Request] = []
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head):
                requests.append(
                    Request(
                        method: head.method.rawValue, target: head.uri, isOldVersion: head.version == .http1_0,
                        length: head.headers[canonicalForm: "content-length"].first.flatMap { Int($0) }))
            case .body(let body): requests[requests.count - 1].body += Array(body.readableBytesView)
            case .end: requests[requests.count - 1].isWhole = true
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return (requests, isFlawed)
    }

    private func own(_ bytes: [UInt8], by size: Int) -> (requests: [Request], isFlawed: Bool, isWithin: Bool) {
        let (parts, flaw, isWithin) = RequestDecoderTests.read(bytes, by: size)
        var requests: [Request] = []
        for part in parts {
            switch part {
            case .head(let head):
                requests.append(
                    Request(
                        method: head.method.rawValue, target: head.target, isOldVersion: head.version == .http1_0,
                        length: head.contentLength))
            case .body(let body): requests[requests.count - 1].body += Array(body.readableBytesView)
            case .end: requests[requests.count - 1].isWhole = true
            }
        }
        return (requests, flaw != nil, isWithin)
    }

    private static let pieces = [
        "POST", "GET", "DELETE", " ", "/metrics/job/j", "/a%20b?c=d", " HTTP/1.1", " HTTP/1.0", "\r\n", "\r\n",
        "\r\n\r\n",
        "Host: x", "Content-Length: 5", "Content-Length: 0", "content-length:12", "Transfer-Encoding: chunked",
        "Transfer-Encoding: identity", "Connection: close", "Connection: keep-alive", "X: y", ": ", "\t", "hello",
        "5\r\nhello\r\n", "0\r\n\r\n", "a;b=c\r\n0123456789\r\n", "\n", "\r", "\u{0}", "ä", "0", "1", ",", ";", "=",
    ]

    private static func whole(_ random: inout SplitMix) -> String {
        let line =
            ["POST /a HTTP/1.1\r\n", "PUT /b?c HTTP/1.1\r\n", "GET * HTTP/1.1\r\n"].randomElement(using: &random) ?? ""
        let headers = ["", "X: y\r\n", "Host:  z \r\nA-b_c:\r\n"].randomElement(using: &random) ?? ""
        let bodies = [
            "\r\n", "Content-Length: 5\r\n\r\nhello", "Content-Length: 0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: u\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n00a;x=\"y\"\r\n0123456789\r\n0\r\n\r\n",
        ]
        return line + headers + (bodies.randomElement(using: &random) ?? "")
    }

    /// The seed makes the same requests again.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `what is read here is read the same by llhttp`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var accepted = 0
        for _ in 0..<1_500 {
            var text = Array((Self.whole(&random) + Self.whole(&random)).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let piece = Array((Self.pieces.randomElement(using: &random) ?? "").utf8)
                let start = Int.random(in: 0...text.count, using: &random)
                let end = min(text.count, start + Int.random(in: 0...6, using: &random))
                text.replaceSubrange(start..<end, with: piece)
            }
            let ours = own(text, by: .random(in: 1...40, using: &random))
            let theirs = nio(text)
            let story = "seed \(seed): \(String(decoding: text, as: UTF8.self).debugDescription)"
            // Of what one of the two refuses, both tell the beginning.
            let common = min(ours.requests.count, theirs.requests.count)
            let isTakenHereAlone = isTakenHereAlone(text)
            for (index, (one, other)) in zip(ours.requests, theirs.requests).enumerated() {
                var one = one
                var other = other
                if index == common - 1, ours.isFlawed || theirs.isFlawed {
                    let count = min(one.body.count, other.body.count)
                    (one.body, other.body) = (Array(one.body.prefix(count)), Array(other.body.prefix(count)))
                    (one.isWhole, other.isWhole) = (false, false)
                }
                #expect(one == other, "\(story)")
            }
            // What is not whole is judged by the line here, and by the byte there.
            if !ours.isFlawed, !ours.isWithin, !isTakenHereAlone {
                #expect(!theirs.isFlawed, "\(story)")
                #expect(ours.requests.count == theirs.requests.count, "\(story)")
                accepted += 1
            }
        }
        #expect(accepted > 300)
    }

    /// What this reader takes and llhttp does not: any method, raw UTF-8, and what stands behind the last request of a
    /// connection.
    private func isTakenHereAlone(_ text: [UInt8]) -> Bool {
        let known = ["POST", "GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "CONNECT", "TRACE"]
        var hasEnded = false
        for case .head(let head) in RequestDecoderTests.read(text).parts {
            if hasEnded || !known.contains(head.method.rawValue) { return true }
            hasEnded = !head.isKeepAlive
        }
        return text.contains { $0 >= 0x80 }
    }
}
