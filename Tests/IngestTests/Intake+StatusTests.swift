import Delivery
import Foundation
import NIOCore
import Settings
import Status
import Telemetry
import Testing

@testable import Ingest

@Suite("The status page and its facts")
struct IntakeStatusTests {
    private let bench = Bench()

    @Test func `the page is there, for readers only, and says nothing to caches and others`() throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send("GET / HTTP/1.1\r\n\r\n")))
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
        #expect(reply.headers["content-security-policy"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
        #expect(reply.headers["cache-control"] == "no-store")
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        #expect(reply.headers["referrer-policy"] == "no-referrer")
        #expect(reply.body.contains("<strong>Nothing sent yet</strong>"))
        #expect(bench.answered.keys.map(\.handler) == ["status"])
        let head = try connection.send("HEAD / HTTP/1.1\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(head.hasSuffix("\r\n\r\n"))
        #expect(bench.refused == [:])
    }

    @Test func `what was pushed and what was refused is found there, with time, job, peer and reason`() throws {
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\ny 2\n", to: "/metrics/job/good/a/b")
        _ = try connection.push("x\n", to: "/metrics/job/%3Cb%3E")
        _ = try connection.push("x 1\n", to: "/metrics/job/odd/a")
        let facts = bench.intake.statusFacts
        #expect(facts.now == 1_700_000_000_000)
        #expect(facts.taken.map(\.job) == ["good"])
        #expect(facts.taken.map(\.samples) == [2])
        #expect(facts.taken.map(\.peer) == ["127.0.0.1:4711"])
        #expect(facts.refused.map(\.job) == [nil, "<b>"])
        #expect(facts.refused.map(\.path) == ["/metrics/job/odd/a", "/metrics/job/%3Cb%3E"])
        #expect(facts.refused.map(\.status) == [400, 400])
        #expect(facts.refused.last?.reason.hasPrefix("text format parsing error in line 1") == true)
        #expect(facts.pushes.all == 3)
        #expect(facts.pushes.refused == 2)
        #expect(facts.destinations.map(\.state) == [.delivering])
    }

    @Test func `a push that is held says for what`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\n")
        _ = try connection.advance(.seconds(6))
        let push = try #require(bench.intake.statusFacts.taken.first)
        #expect(push.status == 202)
        #expect(push.reason.hasPrefix("far: no answer"))
        #expect(push.nanoseconds >= 5_000_000_000)
    }

    @Test func `what a destination refuses after a 202 is there (A2)`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\n", to: "/metrics/job/late", headers: "Prefer: respond-async\r\n")
        bench.far.answer(.status(400, message: "out of order", retryAfter: nil))
        let loss = try #require(bench.intake.statusFacts.destinations.first?.losses.first)
        #expect(loss.job == "late")
        #expect(loss.words == "out of order")
        #expect(!loss.isTold)
        let page = try #require(Reply.one(try connection.send("GET / HTTP/1.1\r\n\r\n")))
        #expect(page.body.contains("out of order"))
    }

    @Test func `the document is JSON`() throws {
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.send("GET /api/v1/status?x HTTP/1.1\r\n\r\n")))
        #expect(reply.headers["content-type"] == "application/json")
        let object = try JSONSerialization.jsonObject(with: Data(reply.body.utf8)) as? [String: Any]
        #expect(object?["status"] as? String == "success")
    }
}
