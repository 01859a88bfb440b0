import Delivery
import Glibc
import Logging
import NIOCore
import ServiceLifecycle
import Settings
import Telemetry
import Testing

@testable import Ingest

/// The refusals of `PushHandlerTests` once more, over a socket.
@Suite("A server on loopback: contract R1–R8, B2, L1, L3, L4", .timeLimit(.minutes(15)))
struct PushServerTests {
    @Test func `a push goes through`() async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            let reply = try #require(client.push("x 1\n", to: "/pushgateway/metrics/job/j/a/b"))
            #expect(reply.status == 200)
            #expect(reply.isEmpty)
            #expect(server.bench.far.lines == ["x{a=\"b\",job=\"j\"} 1 1700000000000"])
            #expect(server.bench.metrics.http.connections.value == 1)
            #expect(client.push("y 1\n")?.status == 200)
        }
    }

    @Test(arguments: PushHandlerTests.refusals)
    func `what the head forbids is refused, and the connection kept`(
        request: String, status: Int, words: String, header: String
    ) async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            client.send("\(request)\r\nHost: x\r\nContent-Length: 4\r\n\r\nx 1\n")
            let reply = try #require(client.reply())
            #expect(reply.refuses(status, words))
            let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
            if let name = parts.first { #expect(reply.headers[name] == parts.last) }
            #expect(server.bench.far.lines.isEmpty)
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test(arguments: PushHandlerTests.bodies)
    func `what the body forbids is refused, and the connection kept`(
        body: [UInt8], headers: String, words: String
    ) async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            let reply = try #require(client.push(body, headers: headers))
            #expect(reply.refuses(400, words), "\(reply.body)")
            #expect(server.bench.far.lines.isEmpty)
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `chunked, pipelined, 100-continue, HEAD and OPTIONS work on one connection`() async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            client.send(
                "PUT /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nx \r\n2\r\n1\n\r\n0\r\n\r\n")
            #expect(client.reply()?.status == 200)
            let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\ny 1\n"
            client.send(push + "DELETE /metrics/job/j HTTP/1.1\r\n\r\n" + push)
            #expect(client.reply()?.status == 200)
            #expect(client.reply()?.status == 405)
            #expect(client.reply()?.status == 200)
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            #expect(client.reply()?.status == 100)
            client.send("z 1\n")
            #expect(client.reply()?.status == 200)
            client.send("HEAD /metrics/job/j HTTP/1.1\r\n\r\n")
            #expect(client.reply(isHead: true)?.status == 405)
            client.send("HEAD /-/healthy HTTP/1.1\r\n\r\n")
            #expect(client.reply(isHead: true)?.status == 200)
            client.send("OPTIONS /metrics/job/j HTTP/1.1\r\n\r\n")
            #expect(client.reply()?.headers["allow"] == "POST, PUT, OPTIONS")
            client.send("GET /metrics HTTP/1.1\r\nConnection: close\r\n\r\n")
            let page = try #require(client.reply())
            #expect(page.body.contains("push_collector_http_connections 1\n"))
            #expect(page.headers["connection"] == "close")
            #expect(client.isClosed())
            #expect(server.bench.far.lines.count == 4)
        }
    }

    @Test func `L1: a body over the limit is 413, read by a pusher that sends all of it first`() async throws {
        try await RunningServer.with(limits: { $0.bodySize = 100_000 }) { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 8000000\r\n\r\n")
            let piece = [UInt8](repeating: UInt8(ascii: "#"), count: 100_000)
            for _ in 0..<80 { #expect(client.send(piece)) }
            let reply = try #require(client.reply())
            #expect(reply.refuses(413, "larger than limits.body_size, 100000 bytes"))
            #expect(reply.headers["connection"] == "close")
            #expect(client.isClosed())
            #expect(server.bench.far.lines.isEmpty)
            #expect(server.bench.intake.admission.inHand == 0)
        }
    }

    @Test func `L1: a chunked body over the limit is 413, and no more than so much is read`() async throws {
        try await RunningServer.with(limits: {
            $0.bodySize = 100_000
            $0.lingerBytes = 1_000_000
        }) { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk =
                Array("10000\r\n".utf8) + [UInt8](repeating: UInt8(ascii: "#"), count: 65_536) + Array("\r\n".utf8)
            while client.send(chunk) {}
            #expect(client.reply()?.status ?? 413 == 413)
            #expect(server.bench.answered == [.init(handler: "push", method: "POST", code: 413): 1])
        }
    }

    @Test func `L1: a body that swells is 413, on the event loop and on the pool`() async throws {
        var settings = Pushgateway()
        settings.limits.decodedSize = .mebibytes(5)
        try await RunningServer.with(Bench(settings, far: FarSide(.soon))) { server in
            let client = try server.client()
            let headers = "Content-Encoding: gzip\r\n"
            // Blank lines: a push of nothing. 4 MiB and a bit is for the pool; 6 MiB is too much.
            let large = Gzip.bomb(UInt8(ascii: "\n"), runs: 16_500)
            #expect(client.push(large, headers: headers)?.status == 200)
            let bomb = Gzip.bomb(UInt8(ascii: "\n"), runs: 24_500)
            let reply = try #require(client.push(bomb, headers: headers))
            #expect(reply.refuses(413, "limits.decoded_size, 5242880 bytes"))
            // The same with a trailer that lies, and cut short.
            let liar = Array(bomb.dropLast(4) + [1, 0, 0, 0])
            #expect(client.push(liar, headers: headers)?.status == 413)
            #expect(client.push(Array(bomb.dropLast(20)), headers: headers)?.status == 413)
            #expect(client.push(Array(large.dropLast(20)), headers: headers)?.refuses(400, "truncated") == true)
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `a large body is read on the pool, and is answered like any other`() async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            let comment = "# " + String(repeating: "x", count: 5 << 20) + "\n"
            #expect(client.push(comment + "x 1\n")?.status == 200)
            #expect(client.push(comment + "x\n")?.refuses(400, "line 2") == true)
            let compressed = Gzip.stored(comment + "y 1\n")
            #expect(client.push(compressed, headers: "Content-Encoding: gzip\r\n")?.status == 200)
            #expect(server.bench.far.lines.count == 2)
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `L3: bodies in hand are bounded, and the connection is kept`() async throws {
        var settings = Pushgateway()
        settings.limits.inflightSize = .bytes(1_000)
        try await RunningServer.with(Bench(settings, far: FarSide(.soon))) { server in
            let client = try server.client()
            let reply = try #require(client.push([UInt8](repeating: UInt8(ascii: "#"), count: 1_001)))
            #expect(reply.refuses(503, "limits.inflight_size"))
            #expect(reply.headers["retry-after"] == "1")
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `L4: a head that does not come to its end is 408`() async throws {
        try await RunningServer.with(limits: { $0.head = .milliseconds(50) }) { server in
            let client = try server.client()
            client.send("POST /metr")
            let reply = try #require(client.reply())
            #expect(reply.refuses(408, "did not arrive in time"))
            #expect(reply.headers["connection"] == "close")
            client.finish()
            #expect(client.isClosed())
        }
    }

    @Test func `L4: a body that stops arriving is 408`() async throws {
        try await RunningServer.with(limits: { $0.body = .milliseconds(50) }) { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1")
            let reply = try #require(client.reply())
            #expect(reply.refuses(408, "body stopped arriving"))
            #expect(reply.headers["connection"] == "close")
            #expect(client.isClosed())
            #expect(server.bench.far.lines.isEmpty)
            #expect(server.bench.intake.admission.inHand == 0)
        }
    }

    @Test func `L4: an idle connection is closed`() async throws {
        try await RunningServer.with(limits: { $0.idle = .milliseconds(50) }) { server in
            let client = try server.client()
            #expect(client.reply() == nil)
            #expect(client.isClosed())
        }
    }

    @Test func `a body that is cut short by its sender is 400`() async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1")
            client.finish()
            #expect(client.reply()?.refuses(400, "ended before the body did") == true)
            #expect(client.isClosed())
            #expect(server.bench.far.lines.isEmpty)
        }
    }

    @Test func `who closes his side after a push reads its answer`() async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n")
            client.finish()
            #expect(client.reply()?.status == 200)
            #expect(client.isClosed())
        }
    }

    @Test(arguments: [false, true])
    func `A1: who goes away while his push waits changes nothing for it`(isAbrupt: Bool) async throws {
        let bench = Bench(far: FarSide(.asTold))
        try await RunningServer.with(bench) { server in
            do {
                let client = try server.client()
                client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n")
                try await eventually { bench.outbox.pendingSamples == 1 }
                if isAbrupt { client.reset() }
            }
            if isAbrupt { try await eventually { bench.metrics.http.connections.value == 0 } }
            bench.far.answer(.status(200, message: "", retryAfter: nil))
            #expect(bench.far.lines == ["x{job=\"j\"} 1 1700000000000"])
            #expect(bench.outbox.pendingSamples == 0)
            try await eventually { bench.metrics.http.connections.value == 0 }
        }
    }

    @Test(arguments: [
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", "hello\r\n\r\n", "GET / HTTP/1.1\r\nno header\r\n\r\n",
    ])
    func `what is no HTTP is 400, and the connection ends`(bytes: String) async throws {
        try await RunningServer.with { server in
            let client = try server.client()
            client.send(bytes)
            let reply = try #require(client.reply())
            #expect(reply.refuses(400, "malformed HTTP/1.1 request"))
            client.send("more")
            client.finish()
            #expect(client.isClosed())
        }
    }
}
