import Delivery
import NIOCore
import Settings
import Telemetry
import Testing

@testable import Ingest

/// Refusals and answers at the handler, without a socket; `PushServerTests` has the same over one.
@Suite("A connection: contract R1–R8, B2, B3, B7, B8, L1, L3, L4")
struct PushHandlerTests {
    private let bench = Bench()

    @Test(arguments: ["POST", "PUT"])
    func `R1, R7, A1: a push is answered 200 once it is stored`(method: String) throws {
        let connection = try EmbeddedConnection(bench)
        let text = try connection.send("\(method) /metrics/job/j/a/b HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n")
        let reply = try #require(Reply.one(text))
        #expect(reply.status == 200)
        #expect(reply.isEmpty)
        #expect(bench.far.lines == ["x{a=\"b\",job=\"j\"} 1 1700000000000"])
        #expect(connection.isOpen)
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 1)
        #expect(bench.answered == [.init(handler: "push", method: method, code: 200): 1])
        #expect(bench.intake.admission.inHand == 0)
    }

    /// A request, its status, words of its answer, a header of it.
    static let refusals: [(request: String, status: Int, words: String, header: String)] = [
        ("POST /metrics/job/j/a HTTP/1.1", 400, #"odd number of components in label string "/a""#, ""),
        ("PUT /metrics/job/j//a/b HTTP/1.1", 400, "<label>@base64/=", ""),
        ("POST /metrics/job/j/a/%zz HTTP/1.1", 400, "invalid percent escape", ""),
        ("POST /metrics/job/j/a/%FF HTTP/1.1", 400, "not valid UTF-8", ""),
        ("POST /metrics/job/j/__a/b HTTP/1.1", 400, #"improper label name "__a""#, ""),
        ("POST /metrics/job/j/a@base64/$ HTTP/1.1", 400, "invalid base64 encoding for label a", ""),
        ("POST /metrics/job@base64/$ HTTP/1.1", 400, "invalid base64 encoding in job name", ""),
        ("POST /metrics HTTP/1.1", 400, "job name is required", ""),
        ("PUT /metrics/ HTTP/1.1", 400, "job name is required", ""),
        ("POST /pushgateway/metrics HTTP/1.1", 400, "job name is required", ""),
        ("POST /metrics/job HTTP/1.1", 400, "job name is required", ""),
        ("POST /metrics/job/ HTTP/1.1", 400, "job name is required", ""),
        ("POST /metrics/job@base64/= HTTP/1.1", 400, "job name is required", ""),
        ("POST /push/metrics/job/j HTTP/1.1", 404, "push to /pushgateway/metrics/job/<JOB>", ""),
        ("POST / HTTP/1.1", 404, "push to /pushgateway/metrics/job/<JOB>", ""),
        ("DELETE / HTTP/1.1", 405, "read by GET", "allow: GET, HEAD, OPTIONS"),
        ("POST /api/v1/status HTTP/1.1", 405, "read by GET", "allow: GET, HEAD, OPTIONS"),
        ("GET /pushgateway/api/v1/status HTTP/1.1", 404, "the status is at /api/v1/status", ""),
        ("GET /api/v1/metrics HTTP/1.1", 404, "query them where they are stored", ""),
        ("PUT /api/v1/admin/wipe HTTP/1.1", 404, "nothing to wipe", ""),
        ("GET /pushgateway/metrics HTTP/1.1", 405, "keeps nothing to delete or to read", "allow: POST, PUT, OPTIONS"),
        ("GET /metrics/job/j HTTP/1.1", 405, "forwards pushes", "allow: POST, PUT, OPTIONS"),
        ("DELETE /metrics/job/j HTTP/1.1", 405, "forwards pushes", "allow: POST, PUT, OPTIONS"),
        ("PATCH /metrics/job/j/a/b HTTP/1.1", 405, "forwards pushes", "allow: POST, PUT, OPTIONS"),
        ("DELETE /metrics HTTP/1.1", 405, "read by GET", "allow: GET, HEAD, POST, PUT, OPTIONS"),
        ("POST /-/healthy HTTP/1.1", 405, "read by GET", "allow: GET, HEAD, OPTIONS"),
        ("POST /-/reload HTTP/1.1", 403, "Lifecycle API is not enabled.", ""),
        ("PUT /-/quit HTTP/1.1", 403, "Lifecycle API is not enabled.", ""),
        ("GET /-/quit HTTP/1.1", 405, "by POST or PUT", "allow: POST, PUT"),
        (
            "POST /metrics/job/j HTTP/1.1\r\nContent-Encoding: br", 415, #"content encoding "br""#,
            "accept-encoding: gzip, deflate, snappy, zstd, identity"
        ),
        (
            "POST /metrics/job/j HTTP/1.1\r\nContent-Type: application/vnd.google.protobuf; encoding=delimited", 415,
            "protobuf", ""
        ),
    ]

    @Test(arguments: refusals)
    func `what the head forbids is refused once the request is whole`(
        request: String, status: Int, words: String, header: String
    ) throws {
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.send("\(request)\r\nContent-Length: 4\r\n\r\nx ") == "")
        let reply = try #require(Reply.one(try connection.send("1\n")))
        #expect(reply.refuses(status, words))
        let parts = header.split(separator: ": ", maxSplits: 1).map(String.init)
        if let name = parts.first { #expect(reply.headers[name] == parts.last) }
        #expect(bench.far.lines.isEmpty)
        // The connection is as good as before.
        #expect(connection.isOpen)
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 200)
    }

    /// A body, its encoding, words of the refusal.
    static let bodies: [(body: [UInt8], headers: String, words: String)] = [
        (Array("x 1\ny\n".utf8), "", "text format parsing error in line 2"),
        (Array("x{a=\"b\"} 1\nx{a=\"b\"} 2\n".utf8), "", "was collected before"),
        (Array("x{__a=\"b\"} 1\n".utf8), "", "reserved"),
        (Array("x 1\n".utf8), "Content-Encoding: gzip\r\n", "corrupt"),
        (Array(Gzip.stored("x 1\n").dropLast(9)), "Content-Encoding: gzip\r\n", "truncated"),
        (Array(Gzip.stored("x 1\n").prefix(5)), "Content-Encoding: gzip\r\n", "truncated"),
        ([], "Content-Encoding: gzip\r\n", "truncated"),
    ]

    @Test(arguments: bodies)
    func `B2, B3, B4: what the body forbids is refused, and nothing of it forwarded`(
        body: [UInt8], headers: String, words: String
    ) throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.push(body, headers: headers)))
        #expect(reply.refuses(400, words), "\(reply.body)")
        #expect(bench.far.lines.isEmpty)
        #expect(bench.outbox.pendingSamples == 0)
        #expect(bench.intake.admission.inHand == 0)
        #expect(connection.isOpen)
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 200)
        #expect(bench.refused.values.reduce(0, +) == 1)
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 1)
    }

    @Test(arguments: ["", "\n \n", "# only a comment", "x{"])
    func `B8, A7: a push of nothing is answered 200 at once`(body: String) throws {
        let connection = try EmbeddedConnection(Bench(far: FarSide(.asTold)))
        let reply = try #require(Reply.one(try connection.push(body)))
        #expect(reply.status == (body == "x{" ? 400 : 200))
    }

    @Test func `gzip in one member or in several is read`() throws {
        let connection = try EmbeddedConnection(bench)
        let headers = "Content-Encoding: gzip\r\n"
        #expect(Reply.one(try connection.push(Gzip.stored("x 1\n"), headers: headers))?.status == 200)
        let two = Gzip.stored("y 2\n# \(String(repeating: "long", count: 100))\n") + Gzip.stored("z 3\n")
        #expect(Reply.one(try connection.push(two, headers: "Content-Encoding: X-GZip\r\n"))?.status == 200)
        #expect(bench.far.lines.map { $0.prefix { $0 != "{" } } == ["x", "y", "z"])
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `R3: OPTIONS names the methods`() throws {
        let connection = try EmbeddedConnection(bench)
        let push = try #require(Reply.one(try connection.send("OPTIONS /metrics/job/j HTTP/1.1\r\n\r\n")))
        #expect(push.status == 200)
        #expect(push.isEmpty)
        #expect(push.headers["allow"] == "POST, PUT, OPTIONS")
        let page = try #require(Reply.one(try connection.send("OPTIONS /-/ready HTTP/1.1\r\n\r\n")))
        #expect(page.headers["allow"] == "GET, HEAD, OPTIONS")
    }

    @Test(arguments: ["/-/healthy", "/-/ready"])
    func `probes answer OK, to HEAD without a body`(path: String) throws {
        let connection = try EmbeddedConnection(bench)
        let get = try #require(Reply.one(try connection.send("GET \(path) HTTP/1.1\r\n\r\n")))
        #expect(get.status == 200)
        #expect(get.body == "OK")
        let head = try #require(Reply.one(try connection.send("HEAD \(path) HTTP/1.1\r\n\r\n"), isHead: true))
        #expect(head.headers == get.headers)
        #expect(connection.isOpen)
    }

    @Test func `R2: HEAD on a push path is 405 without a body`() throws {
        let connection = try EmbeddedConnection(bench)
        let text = try connection.send("HEAD /metrics/job/j HTTP/1.1\r\n\r\n")
        let reply = try #require(Reply.one(text, isHead: true))
        #expect(reply.status == 405)
        #expect(reply.headers["content-length"] != "0")
    }

    @Test func `readiness is red while draining`() throws {
        bench.intake.readiness.phase = .draining
        let connection = try EmbeddedConnection(bench)
        #expect(Reply.one(try connection.send("GET /-/ready HTTP/1.1\r\n\r\n"))?.refuses(503, "draining") == true)
        #expect(Reply.one(try connection.send("GET /-/healthy HTTP/1.1\r\n\r\n"))?.status == 200)
    }

    @Test func `the collector's own metrics are a page`() throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send("GET /metrics HTTP/1.1\r\n\r\n")))
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(reply.body == bench.metrics.page() || !reply.body.isEmpty)
    }

    @Test func `R6: without pushes their routes are 404`() throws {
        var settings = Pushgateway()
        settings.enabled = false
        let connection = try EmbeddedConnection(Bench(settings))
        #expect(Reply.one(try connection.push("x 1\n"))?.refuses(404, "push.pushgateway.enabled") == true)
        #expect(Reply.one(try connection.push("", to: "/metrics"))?.status == 405)
    }

    @Test(arguments: [
        (TimestampPolicy.honor, 200, ["x{job=\"j\"} 1 5", "y{job=\"j\"} 2 1700000000000"]),
        (.strip, 200, ["x{job=\"j\"} 1 1700000000000", "y{job=\"j\"} 2 1700000000000"]),
        (.reject, 400, []),
    ])
    func `B7: timestamps are honoured, stripped or refused`(
        policy: TimestampPolicy, status: Int, lines: [String]
    ) throws {
        var settings = Pushgateway()
        settings.timestamps = policy
        let bench = Bench(settings)
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.push("x 1 5\ny 2\n")))
        #expect(reply.status == status)
        #expect(bench.far.lines == lines)
        if status == 400 { #expect(reply.refuses(400, "pushed metrics must not have timestamps")) }
    }

    @Test func `what a connection remembers of its last target is that target's`() throws {
        let connection = try EmbeddedConnection(bench)
        for path in ["/metrics/job/a", "/metrics/job/a", "/metrics/job/b", "/metrics/job/a/x/%FF", "/metrics/job/a"] {
            _ = try connection.push("x 1\n", to: path)
        }
        let jobs = bench.far.lines.map { $0.split(separator: " ")[0] }
        #expect(jobs == ["x{job=\"a\"}", "x{job=\"a\"}", "x{job=\"b\"}", "x{job=\"a\"}"])
        #expect(
            Reply.one(try connection.push("x 1\n", to: "/metrics/job/a", headers: "Content-Encoding: br\r\n"))?.status
                == 415)
        #expect(Reply.one(try connection.send("GET /metrics/job/a HTTP/1.1\r\n\r\n"))?.status == 405)
    }

    @Test func `B7: times of receipt of a group increase`() throws {
        let connection = try EmbeddedConnection(bench)
        for _ in 0..<3 { _ = try connection.push("x 1\n") }
        let times = bench.far.lines.map { $0.split(separator: " ").last }
        #expect(times == ["1700000000000", "1700000000001", "1700000000002"])
    }
}
