import Settings
import Telemetry
import RemoteWrite
import Testing

@testable import Delivery

@Suite("Wire")
struct WireTests {
    @Test func `an idle wire sends at once, a busy one gathers`() throws {
        let stage = Stage()
        #expect(stage.send() == nil)
        try stage.push("p")
        #expect(stage.send() == "p")
        try stage.push("q")
        try stage.push("r", group: 2)
        stage.answer(204)
        #expect(stage.send() == "qr")
        stage.answer(204)
        #expect(stage.settlements.order == ["p", "q", "r"])
        #expect(stage.send() == nil)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a retry is the same bytes, and says which attempt it is`() throws {
        let stage = Stage()
        try stage.push("p", samples: 2)
        guard case .send(let first) = stage.wires[0].next(now: stage.start) else { throw Missing() }
        stage.answer(503)
        try stage.push("q")
        guard case .wait(let until) = stage.wires[0].next(now: stage.start) else { throw Missing() }
        #expect(until == stage.start + .milliseconds(30))
        guard case .send(let second) = stage.wires[0].next(now: until) else { throw Missing() }
        #expect(first.body == second.body)
        #expect((first.attempt, second.attempt) == (1, 2))
        #expect((first.samples, second.samples) == (2, 2))
        #expect(stage.metrics.samplesRetried.value == 2)
        #expect(stage.settlements.order == [])
    }

    @Test func `no answer is tried again as well, and counted as 0`() throws {
        let stage = Stage()
        try stage.push("p")
        _ = stage.send()
        stage.wires[0].completed(.unreachable("connection refused"), now: stage.start)
        #expect(stage.metrics.requests.values.filter { $0.value > 0 } == [0: 1])
        #expect(stage.send(at: .milliseconds(30)) == "p")
    }

    @Test func `Retry-After is obeyed exactly`() throws {
        let stage = Stage()
        try stage.push("p")
        _ = stage.send()
        stage.wires[0].completed(.status(429, message: "", retryAfter: .seconds(7)), now: stage.start)
        #expect(stage.send(at: .milliseconds(6_999)) == nil)
        #expect(stage.send(at: .seconds(7)) == "p")
    }

    @Test func `poison does not spread: its neighbours are delivered in their order (A5)`() throws {
        let stage = Stage()
        try stage.push("first")
        _ = stage.send()
        for text in ["a", "b", "X", "c", "d"] { try stage.push(text) }
        stage.answer(204)
        var delivered = ""
        while let text = stage.send() {
            if text.contains("X") {
                stage.answer(400, "out of bounds")
            } else {
                delivered += text
                stage.answer(204)
            }
        }
        #expect(delivered == "abcd")
        #expect(stage.settlements["X"] == [.refused(destination: "backend", status: 400, message: "out of bounds")])
        #expect(stage.settlements.order == ["first", "a", "b", "X", "c", "d"])
        #expect(stage.metrics.samplesFailed.values == ["refused": 1, "lost": 0, "unconfirmed": 0])
        #expect(stage.metrics.samplesDelivered.value == 5)
        #expect(stage.isBalanced && stage.holdsNothing)
        let line = "warning push refused destination=backend job=job-X message=out of bounds samples=1 status=400"
        #expect(stage.log.lines == [line])
    }

    @Test func `while pieces of a batch are sent, retries and new pushes keep their places`() throws {
        let stage = Stage()
        for text in ["a", "X", "b"] { try stage.push(text) }
        #expect(stage.send() == "aXb")
        stage.answer(409)
        #expect(stage.send() == "a")
        stage.answer(503)
        try stage.push("c")
        #expect(stage.send(at: .milliseconds(10)) == nil)
        #expect(stage.send(at: .milliseconds(30)) == "a")
        stage.answer(204)
        #expect(stage.send() == "Xb")
        stage.answer(422)
        #expect(stage.send() == "X")
        stage.answer(422, "unprocessable")
        #expect(stage.send() == "b")
        stage.answer(204)
        #expect(stage.send() == "c")
        stage.answer(204)
        #expect(stage.settlements.order == ["a", "X", "b", "c"])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `the answer's first 512 bytes reach the pusher`() throws {
        let stage = Stage()
        try stage.push("p")
        _ = stage.send()
        stage.answer(400, String(repeating: "m", count: 2_000))
        guard case .refused(_, 400, let message) = stage.settlements["p"].first else { throw Missing() }
        #expect(message.utf8.count == 512)
    }

    @Test func `with a wrong configuration nothing is refused, and one attempt is made in ten seconds`() throws {
        let stage = Stage { $0.queue.maxShards = 2 }
        for group in 0..<8 { try stage.push("g\(group)", group: UInt64(group)) }
        #expect(stage.send(0) != nil)
        stage.answer(401, wire: 0)
        #expect(stage.send(0, at: .seconds(9)) == nil)
        #expect(stage.send(1, at: .seconds(9)) == nil)
        #expect(stage.send(1, at: .seconds(10)) != nil)
        #expect(stage.send(0, at: .seconds(10)) == nil)
        stage.answer(204, wire: 1, at: .seconds(10))
        #expect(stage.send(0, at: .seconds(10)) != nil)
        stage.answer(204, wire: 0, at: .seconds(10))
        #expect(stage.settlements.order.count == 8)
        #expect(stage.metrics.samplesFailed.values == ["refused": 0, "lost": 0, "unconfirmed": 0])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `counters have moved when a push is settled`() throws {
        let stage = Stage()
        let metrics = stage.metrics
        let acknowledgement = Acknowledgement { settlement in
            #expect(settlement == .delivered)
            #expect(metrics.samplesDelivered.value == 1)
            #expect(metrics.samplesPending.value == 0)
            #expect(metrics.bytesPending.value == 0)
        }
        try stage.outbox.offer(
            [.of("p")], as: Offer(group: 1, job: "j", receiptTime: 1, acknowledgement: acknowledgement))
        _ = stage.send()
        stage.answer(204)
        #expect(metrics.samplesDelivered.value == 1)
    }

    @Test func `abandoned, what is in flight and what waits is lost, counted, and logged by job`() throws {
        let stage = Stage { $0.queue.maxSamplesPerSend = 2 }
        for text in ["a", "b", "c", "d", "e"] { try stage.push(text, samples: 2) }
        _ = stage.send()
        stage.outbox.close()
        #expect(stage.wires[0].abandon(now: stage.start) == 10)
        for text in ["a", "b", "c", "d", "e"] { #expect(stage.settlements[text] == [.lost]) }
        #expect(stage.metrics.samplesFailed.values == ["refused": 0, "lost": 10, "unconfirmed": 0])
        #expect(
            stage.log.lines.sorted().first == "warning pushes lost destination=backend job=job-a pushes=1 samples=2")
        #expect(stage.isBalanced && stage.holdsNothing)
        guard case .finished = stage.wires[0].next(now: stage.start) else { throw Missing() }
    }

    @Test func `abandoned, many jobs are no flood in the log: the largest are named, the others counted`() throws {
        let stage = Stage()
        for number in 0..<30 { try stage.push("\(number)", samples: number + 1) }
        #expect(stage.wires[0].abandon(now: stage.start) == 465)
        let lines = stage.log.lines
        #expect(lines.count == 11)
        #expect(lines[0] == "warning pushes lost destination=backend job=job-29 pushes=1 samples=30")
        #expect(
            lines[10] == "warning pushes of further jobs lost destination=backend jobs=20 pushes=20 samples=210")
    }

    @Test func `abandoned in the middle of a split, only what is unanswered is lost`() throws {
        let stage = Stage()
        for text in ["a", "b", "c", "d"] { try stage.push(text) }
        _ = stage.send()
        stage.answer(400)
        #expect(stage.send() == "ab")
        stage.answer(204)
        #expect(stage.send() == "cd")
        #expect(stage.wires[0].abandon(now: stage.start) == 2)
        #expect(stage.settlements["b"] == [.delivered])
        #expect(stage.settlements["c"] == [.lost])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    private struct Missing: Error {}
}
