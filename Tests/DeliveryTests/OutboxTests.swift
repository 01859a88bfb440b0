import Settings
import Telemetry
import RemoteWrite
import Synchronization
import Testing

@testable import Delivery

@Suite("Outbox")
struct OutboxTests {
    @Test func `a push enters the queue of every destination`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("p", samples: 3)
        #expect(stage.outbox.pendingSamples == 6)
        #expect(stage.outbox.destinations.map(\.metrics.samplesIn.value) == [3, 3])
        #expect(
            stage.outbox.destinations.map(\.metrics.bytesPending.value) == [1 + Batch.Entry.cost, 1 + Batch.Entry.cost])
        #expect(stage.send(0) == "p")
        #expect(stage.send(1) == "p")
    }

    @Test func `the transport is woken for idle wires only`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("p")
        #expect(stage.transport.wakes == 1)
        try stage.push("q")
        #expect(stage.transport.wakes == 1)
        #expect(stage.send(0) == "pq")
        try stage.push("r")
        #expect(stage.transport.wakes == 1)
        stage.answer(204, wire: 0)
        #expect(stage.send(0) == "r")
        stage.answer(204, wire: 0)
        #expect(stage.send(0) == nil)
        try stage.push("s")
        #expect(stage.transport.wakes == 2)
    }

    @Test func `who offers with a waker has it told of idle wires, and wakes the transport himself`() throws {
        final class Counting: Waker {
            let told = Mutex(0)
            func wakeSoon() { told.withLock { $0 += 1 } }
        }
        let (stage, waker) = (Stage(), Counting())
        for time: Int64 in 1...2 {
            var offer = Offer(group: 1, job: "j", receiptTime: time, acknowledgement: Acknowledgement { _ in })
            offer.waker = waker
            try stage.outbox.offer([.of("p")], as: offer)
        }
        #expect(waker.told.withLock(\.self) == 1)
        #expect(stage.transport.wakes == 0)
        stage.outbox.wake()
        #expect(stage.transport.wakes == 1)
    }

    @Test func `destinations that are sent the same share a profile, others have their own`() throws {
        var index = 0
        let stage = Stage(destinations: 3) { settings in
            settings.sendExemplars = index == 1
            index += 1
        }
        let metadata = MetadataPolicy(interval: .seconds(60), familiesPerPush: 2_000)
        var profiles = [OutboundProfile(metadata: metadata), OutboundProfile(sendsExemplars: true, metadata: metadata)]
        for index in profiles.indices { profiles[index].samplesPerMessage = 2_000 }
        #expect(stage.outbox.profiles == profiles)
        var (plain, full) = (EncodedPush.of("plain"), EncodedPush.of("with exemplar"))
        plain.exemplarsLeftOut = 2
        full.exemplars = 2
        full.histograms = 1
        let offer = Offer(
            group: 1, job: "j", receiptTime: 1, acknowledgement: stage.settlements.acknowledgement(for: "p"))
        try stage.outbox.offer([plain, full], as: offer)
        #expect([0, 1, 2].map { stage.send($0) } == ["plain", "with exemplar", "plain"])
        for wire in 0..<3 { stage.answer(204, wire: wire) }
        #expect(stage.settlements["p"] == [.delivered])
        let metrics = stage.outbox.destinations.map(\.metrics)
        #expect(metrics.map { $0.samplesDropped.values["exemplar"] } == [2, 0, 2])
        #expect(metrics.map(\.exemplarsDelivered.value) == [0, 2, 0])
        #expect(metrics.map(\.histogramsDelivered.value) == [0, 1, 0])
        #expect(stage.holdsNothing && stage.isBalanced)
    }

    @Test func `a destination that is not required never refuses for others, and does not count for the answer`() throws
    {
        var index = 0
        let stage = Stage(destinations: 2) { settings in
            settings.required = index == 0
            if index == 1 { settings.queue.maxQueueSize = .bytes(300) }
            index += 1
        }
        try stage.push("p")
        try stage.push("q", samples: 3)
        #expect(stage.outbox.destinations.map(\.metrics.samplesIn.value) == [4, 1])
        let optional = stage.outbox.destinations[1].metrics
        #expect(optional.samplesDropped.values["not_required_full"] == 3)
        #expect(stage.send(0) == "pq")
        stage.answer(204, wire: 0)
        #expect(stage.settlements["p"] == [.delivered] && stage.settlements["q"] == [.delivered])
        // What becomes of it there changes nothing.
        #expect(stage.send(1) == "p")
        stage.answer(400, wire: 1)
        #expect(stage.settlements.order == ["p", "q"])
        #expect(stage.isBalanced && stage.holdsNothing)
        // Nor does its failing.
        try stage.push("r")
        _ = stage.send(1)
        stage.answer(503, wire: 1)
        #expect(stage.outbox.failing(at: stage.start + .seconds(30)) == nil)
        #expect(stage.wires[1].abandon(now: stage.start) == 0)
        #expect(optional.samplesFailed.values["lost"] == 1)
        #expect(stage.wires[0].abandon(now: stage.start) == 1)
    }

    @Test func `what does not fit one destination is refused for all (A6)`() throws {
        let queues = [10_000, 300]
        var index = 0
        let stage = Stage(destinations: 2) { settings in
            settings.queue.maxQueueSize = .bytes(queues[index])
            index += 1
        }
        try stage.push("p")
        #expect(throws: Outbox.Refusal.full(destination: "backend-1", retryAfter: 1)) { try stage.push("q") }
        #expect(stage.outbox.destinations.map(\.metrics.samplesIn.value) == [1, 1])
        #expect(stage.outbox.destinations.map(\.budget.held) == [1 + Batch.Entry.cost, 1 + Batch.Entry.cost])
        #expect(stage.settlements["q"] == [])
    }

    @Test func `with a dead destination a full queue is to be tried again in a minute`() throws {
        let stage = Stage { $0.queue.maxQueueSize = .bytes(300) }
        try stage.push("p")
        _ = stage.send(at: .seconds(-10))
        stage.answer(503, at: .seconds(-10))
        #expect(throws: Outbox.Refusal.full(destination: "backend", retryAfter: 60)) { try stage.push("q") }
    }

    @Test func `what could never fit is too large`() {
        let stage = Stage { $0.queue.maxQueueSize = .bytes(1_000) }
        let giant = String(repeating: "x", count: 1_000)
        #expect(throws: Outbox.Refusal.tooLarge(destination: "backend", limit: 1_000)) { try stage.push(giant) }
        #expect(stage.holdsNothing)
    }

    @Test func `a push with a time of receipt that is not later than its group's last is superseded (B7)`() throws {
        let stage = Stage()
        func offer(at time: Int64) throws {
            let acknowledgement = Acknowledgement { _ in }
            try stage.outbox.offer(
                [.of("p")], as: Offer(group: 1, job: "j", receiptTime: time, acknowledgement: acknowledgement))
        }
        try offer(at: 1_000)
        #expect(throws: Outbox.Refusal.superseded) { try offer(at: 1_000) }
        #expect(throws: Outbox.Refusal.superseded) { try offer(at: 999) }
        #expect(stage.outbox.receiptTime(group: 1, now: 1_000) == 1_001)
        try offer(at: 1_001)
        #expect(stage.metrics.samplesIn.value == 2)
    }

    @Test func `a push that did not fit leaves its group's time as it was`() throws {
        let stage = Stage { $0.queue.maxQueueSize = .bytes(300) }
        try stage.push("p", group: 1)
        #expect(throws: Outbox.Refusal.self) { try stage.push("q", group: 2) }
        #expect(stage.outbox.receiptTime(group: 2, now: 1_000) == 1_000)
    }

    @Test func `closed, it takes nothing more, and says so before anything else`() throws {
        let stage = Stage { $0.queue.maxQueueSize = .bytes(300) }
        try stage.push("p")
        stage.outbox.close()
        stage.outbox.close()
        #expect(stage.transport.wakes == 2)
        #expect(throws: Outbox.Refusal.closed) { try stage.push("q") }
        #expect(stage.send() == "p")
        stage.answer(204)
        guard case .finished = stage.wires[0].next(now: stage.start) else {
            Issue.record("not finished")
            return
        }
        #expect(stage.settlements["p"] == [.delivered])
    }

    @Test func `the first failing destination is named (A2)`() throws {
        let stage = Stage(destinations: 2)
        try stage.push("p")
        #expect(stage.outbox.failing(at: stage.start) == nil)
        _ = stage.send(1)
        stage.wires[1].completed(.unreachable("connection refused by 127.0.0.1:9090"), now: stage.start)
        let why = "backend-1: connection refused by 127.0.0.1:9090, since 2026-08-21T12:00:01Z"
        #expect(stage.outbox.failing(at: stage.start + .seconds(1)) == why)
    }

    @Test func `a push that fills a batch is compressed before its idle wire is woken`() throws {
        let stage = Stage(destinations: 2) { $0.queue.maxSamplesPerSend = 2 }
        let text = String(repeating: "aaaaaaaa", count: 1_000)
        try stage.push(text, samples: 2)
        #expect(stage.transport.wakes == 1)
        #expect(stage.metrics.bytesPending.value < 1_000)
        #expect(stage.send(0) == text)
    }

    @Test func `a batch that fills while its wire is busy is held compressed`() throws {
        let stage = Stage { $0.queue.maxSamplesPerSend = 2 }
        try stage.push("p")
        #expect(stage.send() == "p")
        let text = String(repeating: "aaaaaaaa", count: 1_000)
        let before = stage.metrics.bytesPending.value
        try stage.push(text, samples: 2)
        #expect(stage.metrics.bytesPending.value - before < 1_000)
        stage.answer(204)
        #expect(stage.send() == text)
        stage.answer(204)
        #expect(stage.holdsNothing && stage.isBalanced)
    }
}
