import Delivery
import NIOCore
import NIOEmbedded
import Settings
import Testing

@testable import Ingest

@Suite("One push chooses its answer: contract A4")
struct PushHandlerPreferenceTests {
    private let stored = Response.status(200, message: "", retryAfter: nil)

    private func connection(
        _ acknowledge: Acknowledge = .delivered, _ configure: (inout ConnectionLimits) -> Void = { _ in }
    ) throws -> EmbeddedConnection {
        var settings = Pushgateway()
        settings.acknowledge = acknowledge
        return try EmbeddedConnection(Bench(settings, far: FarSide(.asTold)), configure)
    }

    /// Makes the destination fail, for longer than a second.
    private func fail(_ bench: Bench) throws {
        #expect(try EmbeddedConnection(bench).push("failed 1\n") == "")
        let now = ContinuousClock.now
        for seconds in [10, 5] { bench.far.answer(.unreachable("connection refused"), at: now - .seconds(seconds)) }
        #expect(bench.outbox.failing(at: now) != nil)
    }

    @Test(arguments: [
        ("respond-async", "respond-async"), ("wait=0", "wait=0"), ("respond-async, wait=0", "wait=0"),
    ])
    func `A4: respond-async and wait=0 mean queued`(prefer: String, applied: String) throws {
        let connection = try connection()
        let reply = try #require(Reply.one(try connection.push("x 1\n", headers: "Prefer: \(prefer)\r\n")))
        #expect(reply.status == 202)
        #expect(reply.isEmpty)
        #expect(reply.headers["preference-applied"] == applied)
        #expect(reply.headers["push-collector-reason"] == nil)
        connection.bench.far.answer(stored)
        #expect(try connection.answer() == "")
        #expect(connection.bench.far.lines.count == 1)
    }

    @Test(arguments: [
        ("wait=3", 3), ("wait=\"3\"; x", 3), ("wait=7, respond-async", 7), ("wait=3600", 60),
    ])
    func `A4: wait means delivered with that deadline`(prefer: String, seconds: Int) throws {
        let connection = try connection(.queued)
        #expect(try connection.push("x 1\n", headers: "Prefer: \(prefer)\r\n") == "")
        #expect(try connection.advance(.seconds(Int64(seconds)) - .milliseconds(1)) == "")
        let late = try #require(Reply.one(try connection.advance(.milliseconds(1))))
        #expect(late.status == 202)
        #expect(late.headers["preference-applied"] == "wait=\(seconds)")
        #expect(late.headers["push-collector-reason"]?.hasPrefix("far: ") == true)
        #expect(try connection.push("y 1\n", headers: "Prefer: \(prefer)\r\n") == "")
        connection.bench.far.answer(stored)
        let reply = try #require(Reply.one(try connection.answer()))
        #expect(reply.status == 200)
        #expect(reply.headers["preference-applied"] == "wait=\(seconds)")
    }

    @Test func `A4: wait waits for a destination that is failing`() throws {
        let connection = try connection()
        try fail(connection.bench)
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 202)
        #expect(try connection.push("y 1\n", headers: "Prefer: wait=9\r\n") == "")
        #expect(try connection.advance(.seconds(8)) == "")
        connection.bench.far.answer(stored)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(connection.bench.far.lines.count == 3)
    }

    @Test func `A4: the configuration counts for the next push, and for one whose preference is not known`() throws {
        let connection = try connection()
        #expect(Reply.one(try connection.push("x 1\n", headers: "Prefer: respond-async\r\n"))?.status == 202)
        for headers in ["", "Prefer: handling=strict\r\n", "Prefer: wait=soon\r\n"] {
            #expect(try connection.push("x 1\n", headers: headers) == "")
            #expect(try connection.advance(.milliseconds(4_999)) == "")
            let reply = try #require(Reply.one(try connection.advance(.milliseconds(1))))
            #expect(reply.status == 202)
            #expect(reply.headers["preference-applied"] == nil)
        }
    }

    @Test func `A4, L4: a connection that waits longer than it may be idle is not idle`() throws {
        let connection = try connection { ($0.idle, $0.body, $0.head) = (.seconds(1), .seconds(1), .seconds(1)) }
        #expect(try connection.push("x 1\n", headers: "Prefer: wait=60\r\n") == "")
        #expect(try connection.advance(.seconds(59)) == "")
        connection.bench.far.answer(stored)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(connection.isOpen)
        #expect(try connection.advance(.seconds(1)) == "")
        #expect(connection.isClosed)
    }

    @Test func `A4: a refusal by the destination or for want of room says what was applied, one of the push does not`()
        throws
    {
        let connection = try connection()
        let headers = "Prefer: wait=9\r\n"
        #expect(try connection.push("x 1\n", headers: headers) == "")
        connection.bench.far.answer(.status(400, message: "no", retryAfter: nil))
        let refused = try #require(Reply.one(try connection.answer()))
        #expect(refused.status == 422)
        #expect(refused.headers["preference-applied"] == "wait=9")
        let malformed = try #require(Reply.one(try connection.push("x\n", headers: headers)))
        #expect(malformed.status == 400)
        #expect(malformed.headers["preference-applied"] == nil)
        connection.bench.outbox.close()
        let closed = try #require(Reply.one(try connection.push("x 1\n", headers: headers)))
        #expect(closed.status == 503)
        #expect(closed.headers["preference-applied"] == "wait=9")
    }
}
