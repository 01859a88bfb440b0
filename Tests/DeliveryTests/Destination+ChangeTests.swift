import RemoteWrite
import Settings
import Synchronization
import Telemetry
import Testing

@testable import Delivery

@Suite("A destination whose settings change")
struct DestinationChangeTests {
    private func change(_ stage: Stage, _ change: (inout DestinationSettings) -> Void) {
        var settings = stage.outbox.destinations[0].settings
        change(&settings)
        stage.outbox.destinations[0].change(to: settings, acknowledgeTimeout: .seconds(5), now: stage.start)
        for index in stage.wires.indices { stage.wires[index].renew(now: stage.start) }
    }

    @Test func `it keeps its queue, and what waits for its next attempt is tried at once`() throws {
        let stage = Stage { ($0.queue.minBackoff, $0.queue.maxBackoff) = (.seconds(60), .seconds(60)) }
        try stage.push("a")
        _ = stage.send()
        stage.answer(503)
        #expect(stage.send() == nil)
        change(stage) { $0.url = "http://elsewhere.test/write" }
        #expect(stage.send() == "a")
        stage.answer(204)
        #expect(stage.settlements["a"] == [.delivered])
    }

    @Test func `what is held because its configuration is wrong is tried at once`() throws {
        let stage = Stage()
        try stage.push("a")
        _ = stage.send()
        stage.answer(401)
        #expect(stage.send() == nil)
        change(stage) { $0.bearerToken = Secret("right") }
        #expect(stage.send() == "a")
    }

    @Test func `a queue that becomes smaller keeps what it holds`() throws {
        let stage = Stage()
        try stage.push("a")
        change(stage) { $0.queue.maxQueueSize = .bytes(300) }
        #expect(throws: Outbox.Refusal.self) { try stage.push("b", group: 2) }
        #expect(stage.send() == "a")
        stage.answer(204)
        try stage.push("b", group: 2)
    }

    @Test func `fewer samples a request count for what comes`() throws {
        let stage = Stage()
        change(stage) { $0.queue.maxSamplesPerSend = 2 }
        for text in ["a", "b", "c"] { try stage.push(text) }
        #expect(stage.send() == "ab")
    }

    @Test func `a capacity that is set later knows what is there already`() throws {
        let stage = Stage()
        try stage.push("a", samples: 5)
        change(stage) { $0.queue.capacity = 6 }
        #expect(throws: Outbox.Refusal.self) { try stage.push("b", samples: 2) }
        #expect(stage.send() == "a")
        stage.answer(204)
        try stage.push("b", samples: 6)
    }

    @Test func `the number of shards stays, and the log says so`() throws {
        let stage = Stage()
        change(stage) { $0.queue.maxShards = 3 }
        #expect(stage.outbox.destinations[0].shards.count == 1)
        #expect(stage.log.lines.contains { $0.contains("the number of shards stays as it is until a restart") })
    }

    @Test func `another message is negotiated anew, and messages of both versions never share a request`() throws {
        let stage = Stage()
        try stage.push("1")
        change(stage) { $0.protobufMessage = .version2 }
        let destination = stage.outbox.destinations[0]
        #expect(stage.metrics.protocolVersion.value == 2)
        var second = EncodedPush()
        second.version = .v2
        second.bytes = [0x7a, 1, 0x32]
        second.samples = 1
        let next = Outbox(stage.outbox.roster, to: [(destination, destination.settings)])
        let time = next.receiptTime(group: 1, now: 1_000)
        try next.offer(
            [second],
            as: Offer(group: 1, job: "j", receiptTime: time, acknowledgement: Acknowledgement { _ in }))
        guard case .send(let request) = stage.wires[0].next(now: stage.start) else { return #expect(Bool(false)) }
        #expect(request.version == .v1 && request.text == "1")
        stage.answer(204)
        guard case .send(let request) = stage.wires[0].next(now: stage.start) else { return #expect(Bool(false)) }
        #expect(request.version == .v2)
    }

    @Test func `a push that began to wait for a destination is told by it, required meanwhile or not`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("a")
        let settings = stage.outbox.destinations.map { destination in
            var settings = destination.settings
            settings.required = destination.name == "backend-0"
            return settings
        }
        let next = Outbox(stage.outbox.roster, to: Array(zip(stage.outbox.destinations, settings)))
        for (destination, settings) in zip(stage.outbox.destinations, settings) {
            destination.change(to: settings, acknowledgeTimeout: .seconds(5), now: stage.start)
        }
        _ = stage.send(0)
        stage.answer(204, wire: 0)
        #expect(stage.settlements["a"] == [])
        _ = stage.send(1)
        stage.answer(204, wire: 1)
        #expect(stage.settlements["a"] == [.delivered])
        let told = Mutex(0)
        let time = next.receiptTime(group: 1, now: 1_000)
        let acknowledgement = Acknowledgement { _ in told.withLock { $0 += 1 } }
        try next.offer(
            Array(repeating: .of("b", samples: 1), count: next.profiles.count),
            as: Offer(group: 1, job: "j", receiptTime: time, acknowledgement: acknowledgement))
        _ = stage.send(1)
        stage.answer(400, wire: 1)
        #expect(told.withLock { $0 } == 0)
        _ = stage.send(0)
        stage.answer(204, wire: 0)
        #expect(told.withLock { $0 } == 1)
    }
}
