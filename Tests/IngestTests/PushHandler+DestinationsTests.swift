import Delivery
import NIOCore
import NIOEmbedded
import Settings
import Testing

@testable import Ingest

@Suite("Acknowledgement by several destinations: contract A1, A2, A5, A6")
struct PushHandlerDestinationsTests {
    private let stored = Response.status(200, message: "", retryAfter: nil)

    private func bench(queue: Queue = Queue()) -> Bench {
        Bench(far: FarSide(.asTold), queue: queue, names: ["far", "farther"])
    }

    @Test func `A1: 200 comes after the last of them`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        bench.far.answer(stored, by: 1)
        #expect(try connection.answer() == "")
        bench.far.answer(stored, by: 0)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(bench.far.lines.count == 2)
    }

    @Test func `A2: 202 names the one that has not answered`() throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        bench.far.answer(stored, by: 0)
        let reply = try #require(Reply.one(try connection.advance(.seconds(5))))
        #expect(reply.status == 202)
        #expect(reply.headers["push-collector-reason"] == "farther: no answer yet")
    }

    @Test func `A2: one that is failing makes it 202 at once`() throws {
        let bench = bench()
        #expect(try EmbeddedConnection(bench).push("x 1\n") == "")
        let now = ContinuousClock.now
        for seconds in [10, 5] {
            bench.far.answer(.unreachable("connection refused"), at: now - .seconds(seconds), by: 1)
        }
        let reply = try #require(Reply.one(try EmbeddedConnection(bench).push("x 2\n")))
        #expect(reply.status == 202)
        #expect(reply.headers["push-collector-reason"] == "farther: connection refused")
    }

    @Test(arguments: [0, 1])
    func `A5: one that refuses makes it 422, whether the other has answered or not`(other: Int) throws {
        let bench = bench()
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        #expect(try connection.advance(.milliseconds(4_999)) == "")
        bench.far.answer(.status(400, message: "no", retryAfter: nil), by: 1)
        #expect(Reply.one(try connection.answer())?.refuses(422, "destination farther: 400: no") == true)
        #expect(try connection.push("x 2\n") == "")
        bench.far.answer(stored, by: other)
        bench.far.answer(.status(422, message: "no", retryAfter: nil), by: 1 - other)
        let words = "destination \(bench.outbox.destinations[1 - other].name): 422: no"
        #expect(Reply.one(try connection.answer())?.refuses(422, words) == true)
    }

    @Test func `A6: where one has no room nothing is queued at any`() throws {
        var queue = Queue()
        queue.maxQueueSize = .bytes(1_000)
        let bench = bench(queue: queue)
        let connections = try (0..<3).map { _ in try EmbeddedConnection(bench) }
        for connection in connections { #expect(try connection.push("some_metric 1\n") == "") }
        bench.far.answer(stored, by: 0)
        let pending = bench.outbox.pendingSamples
        let reply = try #require(Reply.one(try EmbeddedConnection(bench).push("some_metric 2\n")))
        #expect(reply.refuses(503, "queue of destination farther is full"))
        #expect(bench.outbox.pendingSamples == pending)
        let requests = bench.far.requests
        bench.far.answer(stored, by: 0)
        #expect(bench.far.requests == requests)
    }
}
