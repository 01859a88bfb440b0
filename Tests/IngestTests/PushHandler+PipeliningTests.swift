import Delivery
import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Requests that do not wait for the last answer: contract R8")
struct PushHandlerPipeliningTests {
    private let ready = "GET /-/ready HTTP/1.1\r\n\r\n"

    @Test func `R8: pipelined requests are answered in order`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n"
        #expect(try connection.send(push + ready + push + "DELETE /metrics/job/j HTTP/1.1\r\n\r\n") == "")
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        #expect(Reply.read(try connection.answer())?.map(\.status) == [200, 200])
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        #expect(Reply.read(try connection.answer())?.map(\.status) == [200, 405])
        #expect(connection.isOpen)
    }

    @Test func `a thousand pipelined requests behind a waiting push are no deeper than one`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n"
        #expect(try connection.send(push + String(repeating: ready, count: 5_000)) == "")
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        let replies = try #require(Reply.read(try connection.answer()))
        #expect(replies.count == 5_001)
        #expect(replies.allSatisfy { $0.status == 200 })
        #expect(connection.isOpen)
    }

    @Test func `nothing more is read while a request waits behind a push`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n"
        try connection.send(push)
        let before = connection.reads
        connection.channel.read()
        #expect(connection.reads == before + 1)
        try connection.send(ready)
        connection.channel.read()
        #expect(connection.reads == before + 1)
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        #expect(Reply.read(try connection.answer())?.map(\.status) == [200, 200])
        #expect(connection.reads == before + 2)
    }

    @Test func `whoever closes his side while his push waits gets the answer, and that it is the last`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        #expect(try connection.closeInput() == "")
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        #expect(Reply.one(try connection.answer())?.headers["connection"] == "close")
        #expect(connection.isClosed)
    }

    @Test func `whoever pipelines and closes his side gets every answer`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        let push = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\r\nx 1\n"
        #expect(try connection.send(push + ready + ready) == "")
        #expect(try connection.closeInput() == "")
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        #expect(Reply.read(try connection.answer())?.map(\.status) == [200, 200, 200])
        #expect(connection.isClosed)
    }
}
