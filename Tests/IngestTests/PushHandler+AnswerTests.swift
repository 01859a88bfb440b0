import Delivery
import NIOCore
import NIOEmbedded
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("What becomes of a connection: contract R8, L1, L3, L4")
struct PushHandlerAnswerTests {
    private let bench = Bench()
    private let ready = "GET /-/ready HTTP/1.1\r\n\r\n"

    @Test func `an answer has its date`() throws {
        let connection = try EmbeddedConnection(bench)
        #expect(Reply.one(try connection.send(ready))?.headers["date"] == "Tue, 14 Nov 2023 22:13:20 GMT")
    }

    @Test func `R8: chunked bodies are read`() throws {
        let connection = try EmbeddedConnection(bench)
        let head = "POST /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(try connection.send(head) == "")
        #expect(try connection.send("2;ext=1\r\nx \r\n2\r") == "")
        #expect(Reply.one(try connection.send("\n1\n\r\n0\r\nTrailer: a\r\n\r\n"))?.status == 200)
        #expect(bench.far.lines.count == 1)
        #expect(connection.isOpen)
    }

    @Test func `whoever sends on without reading his answers is closed`() throws {
        let connection = try EmbeddedConnection(bench)
        connection.channel.isWritable = false
        #expect(try connection.send(ready) == "")
        #expect(connection.isClosed)
    }

    @Test func `R8: a body that is welcome gets 100 first`() throws {
        let connection = try EmbeddedConnection(bench)
        let head = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
        #expect(try connection.send(head) == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(Reply.one(try connection.send("x 1\n"))?.status == 200)
        #expect(connection.isOpen)
    }

    @Test(arguments: [
        ("DELETE /metrics/job/j HTTP/1.1\r\nContent-Length: 4", 405),
        ("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 16777217", 413),
        ("POST /metrics/job/j/x HTTP/1.1\r\nTransfer-Encoding: chunked", 400),
        ("POST /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: gzip, chunked", 400),
    ])
    func `R8: a body that is not welcome gets no 100, and the connection ends`(head: String, status: Int) throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send("\(head)\r\nExpect: 100-continue\r\n\r\n")))
        #expect(reply.status == status)
        #expect(reply.headers["connection"] == "close")
        #expect(connection.isHalfClosed)
        _ = try connection.closeInput()
        #expect(connection.isClosed)
    }

    @Test func `a connection ends when its sender says so`() throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.push("x 1\n", headers: "Connection: close\r\n")))
        #expect(reply.headers["connection"] == "close")
        #expect(connection.isClosed)
    }

    @Test func `HTTP 1.0 closes unless it asks to be kept`() throws {
        let connection = try EmbeddedConnection(bench)
        let kept = try connection.send("GET /-/ready HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(Reply.one(kept)?.headers["connection"] == "keep-alive")
        #expect(connection.isOpen)
        #expect(Reply.one(try connection.send("GET /-/ready HTTP/1.0\r\n\r\n"))?.headers["connection"] == "close")
        #expect(connection.isClosed)
    }

    @Test func `L1: a body over the limit is refused at once, the rest thrown away`() throws {
        let connection = try EmbeddedConnection(bench) { $0.bodySize = 100 }
        let head = "POST /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        let piece = String(repeating: "#", count: 0x40)
        #expect(try connection.send("\(head)40\r\n\(piece)\r\n") == "")
        let reply = try #require(Reply.one(try connection.send("40\r\n\(piece)\r\n")))
        #expect(reply.refuses(413, "larger than limits.body_size, 100 bytes"))
        #expect(reply.headers["connection"] == "close")
        #expect(connection.isHalfClosed)
        #expect(bench.intake.admission.inHand == 0)
        #expect(try connection.send("40\r\n\(piece)\r\n") == "")
        #expect(try connection.send("0\r\n\r\n" + ready) == "")
        #expect(connection.isClosed)
        #expect(bench.answered == [.init(handler: "push", method: "POST", code: 413): 1])
        #expect(bench.far.lines.isEmpty)
    }

    @Test func `L1: a body that announces too much is refused before it comes`() throws {
        let connection = try EmbeddedConnection(bench) { $0.bodySize = 100 }
        let reply = try #require(
            Reply.one(try connection.send("PUT /metrics/job/j HTTP/1.1\r\nContent-Length: 101\r\n\r\nx")))
        #expect(reply.refuses(413, "limits.body_size"))
        #expect(connection.isHalfClosed)
        #expect(try connection.advance(.seconds(2)) == "")
        #expect(connection.isClosed)
    }

    @Test func `L1: no more than so much is thrown away`() throws {
        let connection = try EmbeddedConnection(bench) {
            $0.bodySize = 100
            $0.lingerBytes = 1_000
        }
        try connection.send("PUT /metrics/job/j HTTP/1.1\r\nContent-Length: 5000\r\n\r\n")
        try connection.send(String(repeating: "x", count: 1_000))
        #expect(connection.isHalfClosed)
        try connection.send("x")
        #expect(connection.isClosed)
    }

    @Test func `L3: bodies over the limit of all are refused, and the connection is kept`() throws {
        var settings = bench.intake.settings
        settings.limits.inflightSize = .bytes(100)
        let bench = Bench(settings)
        let connection = try EmbeddedConnection(bench)
        let other = try EmbeddedConnection(bench)
        try other.send(
            "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 70\r\n\r\n" + String(repeating: "\n", count: 60))
        #expect(bench.intake.admission.inHand == 60)
        let reply = try #require(Reply.one(try connection.push(String(repeating: "\n", count: 41))))
        #expect(reply.refuses(503, "limits.inflight_size"))
        #expect(reply.headers["retry-after"] == "1")
        #expect(connection.isOpen)
        // The decoded body counts too.
        #expect(Reply.one(try connection.push(String(repeating: "\n", count: 21)))?.status == 503)
        #expect(Reply.one(try connection.push(String(repeating: "\n", count: 20)))?.status == 200)
        #expect(bench.intake.admission.inHand == 60)
        // Alone it is over the limit, and need not come again.
        #expect(
            Reply.one(try other.send(String(repeating: "\n", count: 10)))?.refuses(413, "limits.inflight_size") == true)
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `L4: a head that does not come to its end is 408`() throws {
        let connection = try EmbeddedConnection(bench)
        try connection.send("POST /metr")
        #expect(try connection.advance(.seconds(9)) == "")
        try connection.send("ics/job/j HTTP/1.1\r\n")
        let reply = try #require(Reply.one(try connection.advance(.seconds(1))))
        #expect(reply.refuses(408, "did not arrive in time"))
        #expect(reply.headers["connection"] == "close")
        #expect(try connection.advance(.seconds(2)) == "")
        #expect(connection.isClosed)
        #expect(bench.answered == [.init(handler: "other", method: "other", code: 408): 1])
    }

    @Test func `L4: a body that stops arriving is 408`() throws {
        let connection = try EmbeddedConnection(bench)
        try connection.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\n")
        #expect(try connection.advance(.seconds(29)) == "")
        try connection.send("x")
        #expect(try connection.advance(.seconds(29)) == "")
        let reply = try #require(Reply.one(try connection.advance(.seconds(1))))
        #expect(reply.refuses(408, "body stopped arriving"))
        #expect(connection.isHalfClosed)
        #expect(bench.intake.admission.inHand == 0)
        #expect(bench.far.lines.isEmpty)
    }

    @Test func `L4: an idle connection is closed without a word`() throws {
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.advance(.seconds(30)) == "")
        #expect(Reply.one(try connection.send(ready))?.status == 200)
        #expect(try connection.advance(.seconds(59)) == "")
        #expect(connection.isOpen)
        #expect(try connection.advance(.seconds(1)) == "")
        #expect(connection.isClosed)
    }

    @Test(arguments: [
        ("\u{16}\u{3}\u{1}\u{0}\u{5}", 400, "no TLS"),
        ("hello\r\n\r\n", 400, "malformed HTTP/1.1 request"),
        ("GET /-/ready HTTP/2.0\r\n\r\n", 400, "HTTP/1.1"),
        ("POST /metrics/job/a b HTTP/1.1\r\n\r\n", 400, "a blank in the path is written %20"),
        ("GET /-/ready HTTP/1.1\r\nbad header\r\n\r\n", 400, "bad header"),
        ("POST /metrics/job/j HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400, "bad Content-Length"),
        ("POST /metrics/job/j HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "bad chunk"),
    ])
    func `what is no HTTP is 400, and the connection ends`(bytes: String, status: Int, words: String) throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send(bytes)))
        #expect(reply.refuses(status, words), "\(reply.body)")
        #expect(reply.headers["connection"] == "close")
        #expect(connection.isHalfClosed)
        #expect(try connection.send("more of it") == "")
        #expect(bench.far.lines.isEmpty)
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `a head that is too large is 431`() throws {
        let connection = try EmbeddedConnection(bench)
        let header = "a: " + String(repeating: "b", count: 40_000)
        let reply = try #require(Reply.one(try connection.send("GET /metrics HTTP/1.1\r\n\(header)\r\n\r\n")))
        #expect(reply.refuses(431, "too large"))
        #expect(connection.isHalfClosed)
    }

    @Test func `a body that is cut short is 400`() throws {
        let connection = try EmbeddedConnection(bench)
        try connection.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1")
        let reply = try #require(Reply.one(try connection.closeInput()))
        #expect(reply.refuses(400, "ended before the body did"))
        #expect(connection.isClosed)
        #expect(bench.far.lines.isEmpty)
        #expect(bench.refused == ["cut_short": 1])
    }

    @Test func `an offer of another protocol is declined, and its push taken`() throws {
        let connection = try EmbeddedConnection(bench)
        let upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
        let reply = try #require(Reply.one(try connection.push("x 1\n", headers: upgrade)))
        #expect(reply.status == 200)
        #expect(reply.headers["connection"] == "close")
        #expect(bench.far.lines.count == 1)
        #expect(connection.isClosed)
    }

    @Test func `a tunnel is not built`() throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send("CONNECT far.test:80 HTTP/1.1\r\n\r\n")))
        #expect(reply.refuses(404, "not found"))
        #expect(connection.isClosed)
    }

    @Test func `a refused push is logged with its job, peer and reason`() throws {
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x\n")
        let line = try #require(bench.log.text.first)
        #expect(line.hasPrefix("push refused job=j peer=127.0.0.1:4711 reason"))
        #expect(line.contains("reason=text format parsing error in line 1"))
        _ = try connection.send("GET /nothing HTTP/1.1\r\n\r\n")
        #expect(bench.log.text.count == 1)
    }

    @Test func `methods that HTTP does not know share a label`() throws {
        let connection = try EmbeddedConnection(bench)
        _ = try connection.send("PROPFIND /x HTTP/1.1\r\n\r\n")
        #expect(bench.answered == [.init(handler: "other", method: "other", code: 404): 1])
    }
}
