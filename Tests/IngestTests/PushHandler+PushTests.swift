import Delivery
import NIOCore
import NIOEmbedded
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("Acknowledgement: contract A1–A3, A5–A7")
struct PushHandlerPushTests {
    private let stored = Response.status(200, message: "", retryAfter: nil)

    private func bench(_ acknowledge: Acknowledge = .delivered, queue: Queue = Queue()) -> Bench {
        var settings = Pushgateway()
        settings.acknowledge = acknowledge
        return Bench(settings, far: FarSide(.asTold), queue: queue)
    }

    @Test func `A1: the answer waits for the destination`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        #expect(bench.intake.admission.inHand == 0)
        bench.far.answer(stored)
        #expect(Reply.one(try connection.answer())?.status == 200)
    }

    @Test func `A2: a push that is not stored in time is 202, with why`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        #expect(try connection.advance(.milliseconds(4_999)) == "")
        let reply = try #require(Reply.one(try connection.advance(.milliseconds(1))))
        #expect(reply.status == 202)
        #expect(reply.isEmpty)
        #expect(reply.headers["push-collector-reason"]?.hasPrefix("far: ") == true)
        #expect(connection.isOpen)
        // What comes later is too late, and harms nobody.
        bench.far.answer(stored)
        #expect(try connection.answer() == "")
        #expect(try connection.push("y 1\n") == "")
        bench.far.answer(stored)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(bench.far.lines.count == 2)
    }

    @Test func `A2: a destination that is known to fail makes it 202 at once`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        let now = ContinuousClock.now
        for seconds in [10, 5, 1] {
            bench.far.answer(.unreachable("connection refused by far.test:80"), at: now - .seconds(seconds))
        }
        let other = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try other.push("x 2\n")))
        #expect(reply.status == 202)
        #expect(reply.headers["push-collector-reason"]?.contains("connection refused by far.test:80") == true)
        #expect(reply.headers["push-collector-reason"]?.hasPrefix("far: ") == true)
    }

    @Test func `A2: the reason is one line, whatever the destination has answered`() throws {
        let bench = bench()
        #expect(try EmbeddedConnection(bench).push("x 1\n") == "")
        let down = Response.status(503, message: "down\r\nSet-Cookie: a=b\r\n\r\n<p>", retryAfter: nil)
        for seconds in [10, 5] { bench.far.answer(down, at: .now - .seconds(seconds)) }
        let answer = try EmbeddedConnection(bench).push("x 2\n")
        let reply = try #require(Reply.one(answer))
        #expect(reply.status == 202)
        #expect(reply.isEmpty)
        #expect(reply.headers["set-cookie"] == nil)
        #expect(reply.headers["push-collector-reason"] == "far: answered 503: down  Set-Cookie: a=b    <p>")
    }

    @Test func `A3: queued is 202 at once, without a reason`() throws {
        let bench = bench(.queued)
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.push("x 1\n")))
        #expect(reply.status == 202)
        #expect(reply.isEmpty)
        #expect(reply.headers["push-collector-reason"] == nil)
        bench.far.answer(.status(400, message: "no", retryAfter: nil))
        #expect(try connection.answer() == "")
    }

    @Test func `A5: a push that is refused for good is 422 with the destination's words`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        bench.far.answer(
            .status(400, message: "out of order sample\n" + String(repeating: "x", count: 2_000), retryAfter: nil))
        let reply = try #require(Reply.one(try connection.answer()))
        #expect(reply.refuses(422, "destination far: 400: out of order sample xxx"))
        #expect(connection.isOpen)
        #expect(bench.refused == ["refused": 1])
    }

    @Test func `A6: a full queue is 503 and says when to come again`() throws {
        var queue = Queue()
        queue.maxQueueSize = .bytes(1_000)
        let bench = bench(queue: queue)
        let connections = try (0..<20).map { _ in try EmbeddedConnection(bench) }
        let replies = try connections.compactMap { Reply.one(try $0.push("some_metric 1\n")) }
        let reply = try #require(replies.first)
        #expect(reply.refuses(503, "queue of destination far is full"))
        let seconds = try #require(reply.headers["retry-after"].flatMap { Int($0) })
        #expect((1...60).contains(seconds))
        let ready = try connections[0].send("GET /-/ready HTTP/1.1\r\n\r\n")
        #expect(ready == "" || Reply.one(ready)?.body == "queue full: far")
        #expect(bench.intake.readiness.answer(now: .now).body == "queue full: far")
    }

    @Test func `A6: a push that could never fit is 413`() throws {
        var queue = Queue()
        queue.maxQueueSize = .bytes(100)
        let connection = try EmbeddedConnection(bench(queue: queue))
        let body = "x{a=\"\(String(repeating: "b", count: 200))\"} 1\n"
        #expect(Reply.one(try connection.push(body))?.refuses(413, "can ever queue, 100 bytes") == true)
        #expect(connection.isOpen)
    }

    @Test func `A6: once it drains a push is 503`() throws {
        let bench = bench()
        bench.outbox.close()
        let reply = try #require(Reply.one(try EmbeddedConnection(bench).push("x 1\n")))
        #expect(reply.refuses(503, "shutting down"))
        #expect(reply.headers["retry-after"] == "1")
    }

    @Test(arguments: ["", "Prefer: wait=9\r\n"])
    func `A7: a push that leaves nothing to forward is 200 at once`(headers: String) throws {
        let connection = try EmbeddedConnection(bench())
        #expect(Reply.one(try connection.push("", headers: headers))?.status == 200)
        #expect(Reply.one(try connection.push("# HELP x y\n", headers: headers))?.status == 200)
    }

    @Test func `A7: an empty push waits for its push_time_seconds`() throws {
        let bench = Bench(far: FarSide(.asTold), pushTime: true)
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("") == "")
        bench.far.answer(stored)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(bench.far.lines.count == 1)
    }

    @Test func `a push that is lost before it is answered is 503`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        bench.far.abandon()
        #expect(Reply.one(try connection.answer())?.refuses(503, "push it again") == true)
    }

    @Test func `a part of a body holds little more than its bytes`() throws {
        let connection = try EmbeddedConnection(bench())
        let head =
            "POST /metrics/job/j HTTP/1.1\r\nX: \(String(repeating: "x", count: 30_000))\r\nContent-Length: 9\r\n\r\n"
        try connection.send(head + "x")
        let body = try #require(connection.handler.exchange?.body)
        #expect(body.readableBytes == 1)
        #expect(body.storageCapacity < 5_000)
    }

    @Test func `a settlement that is faster than the handler is not missed`() throws {
        let bench = Bench(far: FarSide(.atOnce, .status(400, message: "no", retryAfter: nil)))
        let connection = try EmbeddedConnection(bench)
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 422)
    }

    @Test func `draining answers what waits, when its time is over`() throws {
        let bench = bench()
        let waiting = try EmbeddedConnection(bench)
        #expect(try waiting.push("x 1\n") == "")
        let sending = try EmbeddedConnection(bench)
        try sending.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx")
        let idle = try EmbeddedConnection(bench)
        let all = [waiting, sending, idle]
        for connection in all {
            connection.channel.pipeline.fireUserInboundEventTriggered(PushHandler.Drain.began)
            #expect(try connection.answer() == "")
        }
        #expect(idle.isClosed)
        for connection in all { connection.channel.pipeline.fireUserInboundEventTriggered(PushHandler.Drain.ended) }
        let late = try #require(Reply.one(try waiting.answer()))
        #expect(late.status == 202)
        #expect(late.headers["connection"] == "close")
        #expect(waiting.isClosed)
        #expect(Reply.one(try sending.answer())?.refuses(503, "shutting down") == true)
        #expect(sending.isHalfClosed)
    }

    @Test func `a connection that goes away leaves its push in the queue`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        try connection.channel.close().wait()
        bench.far.answer(stored)
        connection.channel.embeddedEventLoop.run()
        #expect(bench.far.lines.count == 1)
        #expect(bench.intake.admission.inHand == 0)
    }
}
