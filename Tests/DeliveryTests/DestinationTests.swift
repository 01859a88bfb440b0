import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("Destination")
struct DestinationTests {
    @Test func `it has a wire for each shard, and says how many`() {
        let stage = Stage { $0.queue.maxShards = 4 }
        #expect(stage.outbox.destinations[0].makeWires().count == 4)
        #expect(stage.metrics.shards.value == 4)
    }

    @Test func `pushes of one group share a shard, groups spread over all`() throws {
        let stage = Stage { $0.queue.maxShards = 4 }
        for group in 0..<64 { try stage.push("g\(group);", group: UInt64(group)) }
        for group in 0..<64 { try stage.push("h\(group);", group: UInt64(group)) }
        let bodies = (0..<4).compactMap { stage.send($0) }
        #expect(bodies.count == 4)
        for group in 0..<64 {
            let both = bodies.filter { $0.contains("g\(group);") && $0.contains("h\(group);") }
            #expect(both.count == 1)
        }
    }

    @Test func `it remembers the latest time that was delivered`() throws {
        let stage = Stage()
        try stage.push("p")
        _ = stage.send()
        #expect(stage.metrics.highestSentTimestamp.value == 0)
        stage.answer(200)
        #expect(stage.metrics.highestSentTimestamp.value == 1_000)
    }

    @Test func `that it fails, and that it is well again, is logged and counted once`() throws {
        let stage = Stage()
        try stage.push("p")
        for second in 0..<4 {
            _ = stage.send(at: .seconds(second * 10))
            stage.answer(503, "overloaded", at: .seconds(second * 10))
        }
        #expect(stage.metrics.failing.value == 1)
        let reason = "answered 503: overloaded, since 2026-08-21T12:00:01Z"
        #expect(stage.log.lines == ["warning destination is failing destination=backend reason=\(reason)"])
        _ = stage.send(at: .seconds(40))
        stage.answer(204, at: .seconds(40))
        #expect(stage.metrics.failing.value == 0)
        #expect(stage.log.lines.last == "info destination is well again destination=backend")
        #expect(stage.log.lines.count == 2)
    }

    @Test func `time alone makes a silent destination failing`() throws {
        let stage = Stage()
        try stage.push("p")
        _ = stage.send()
        stage.outbox.destinations[0].reviewHealth(at: stage.start + .seconds(4))
        #expect(stage.metrics.failing.value == 0)
        stage.outbox.destinations[0].reviewHealth(at: stage.start + .seconds(5))
        #expect(stage.metrics.failing.value == 1)
        #expect(stage.log.lines.last?.contains("no answer, since") == true)
    }

    @Test func `a wrong configuration is logged at error, also where the destination was failing before`() throws {
        let stage = Stage()
        try stage.push("p")
        for second in 0..<2 {
            _ = stage.send(at: .seconds(second * 10))
            stage.answer(500, at: .seconds(second * 10))
        }
        _ = stage.send(at: .seconds(20))
        stage.answer(404, "404 page not found", at: .seconds(20))
        #expect(stage.log.lines.count == 2)
        #expect(stage.log.lines.last?.hasPrefix("error destination is misconfigured") == true)
        #expect(stage.log.lines.last?.contains("check the path of the remote_write url") == true)
    }

    @Test func `the url, which may hold a password, is never logged`() throws {
        let stage = Stage { $0.url = "http://user:secret@127.0.0.1/write" }
        try stage.push("p")
        for (time, status) in [(0, 500), (10, 401), (30, 400)] {
            _ = stage.send(at: .seconds(time))
            stage.answer(status, at: .seconds(time))
        }
        #expect(stage.log.lines.count >= 2)
        #expect(!stage.log.lines.joined().contains("secret"))
    }
}
