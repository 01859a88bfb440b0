import Logging
import RemoteWrite
import Settings
import Synchronization
import Telemetry
import Testing

@testable import Delivery

@Suite("Destinations that come and go")
struct RosterTests {
    private let log = LogRecorder()

    private func destination(_ name: String) -> Destination {
        var settings = DestinationSettings(url: "http://127.0.0.1:9/write")
        settings.name = name
        settings.queue.maxShards = 1
        let log = log
        return Destination(
            settings: settings, acknowledgeTimeout: .seconds(5), metrics: DestinationMetrics(name: name),
            logger: Logger(label: "test") { _ in RecordingHandler(recorder: log) })
    }

    private func offer(_ outbox: Outbox, _ text: String) throws(Outbox.Refusal) {
        let time = outbox.receiptTime(group: 1, now: 1_000)
        let acknowledgement = Acknowledgement { _ in }
        try outbox.offer(
            Array(repeating: .of(text, samples: 1), count: outbox.profiles.count),
            as: Offer(group: 1, job: "job", receiptTime: time, acknowledgement: acknowledgement))
    }

    @Test func `one that leaves is gone once its wires have finished, and not before`() throws {
        let seen = Seen()
        let roster = Roster(transport: CountingTransport()) { seen.note($0.map(\.name)) }
        let (stays, goes) = (destination("stays"), destination("goes"))
        roster.join(stays)
        roster.join(goes)
        let former = Outbox(roster, to: [stays, goes].map { ($0, $0.settings) })
        try offer(former, "a")
        let next = Outbox(roster, to: [(stays, stays.settings)])
        former.replace()
        #expect(throws: Outbox.Refusal.replaced) { try offer(former, "b") }
        roster.leave(goes)
        try offer(next, "c")
        var wire = goes.makeWires()[0]
        guard case .send(let request) = wire.next(now: .now) else { return #expect(Bool(false)) }
        #expect(request.text == "a")
        wire.completed(.status(204, message: "", retryAfter: nil), now: .now)
        guard case .finished = wire.next(now: .now) else { return #expect(Bool(false)) }
        #expect(roster.member(named: "goes") === goes)
        #expect(roster.retire(goes))
        #expect(!roster.retire(goes))
        #expect(roster.members.map(\.name) == ["stays"])
        #expect(seen.all == [["stays"], ["stays", "goes"], ["stays"]])
    }

    @Test func `one that comes back before it is gone keeps what it holds, and takes more`() throws {
        let roster = Roster(transport: CountingTransport())
        let destination = destination("a")
        roster.join(destination)
        let outbox = Outbox(roster, to: [(destination, destination.settings)])
        try offer(outbox, "a")
        roster.leave(destination)
        roster.join(destination)
        #expect(!roster.retire(destination))
        try offer(outbox, "b")
        var wire = destination.makeWires()[0]
        guard case .send(let request) = wire.next(now: .now) else { return #expect(Bool(false)) }
        #expect(request.text == "ab")
    }

    @Test func `one that leaves is said to, and no answer depends on it`() throws {
        let roster = Roster(transport: CountingTransport())
        let (stays, goes) = (destination("stays"), destination("goes"))
        for destination in [stays, goes] { roster.join(destination) }
        try offer(Outbox(roster, to: [stays, goes].map { ($0, $0.settings) }), "a")
        var wire = goes.makeWires()[0]
        _ = wire.next(now: .now)
        wire.completed(.status(401, message: "", retryAfter: nil), now: .now)
        let all = { roster.members.map { $0.status(at: .now) } }
        #expect(all().map(\.isFailing) == [false, true])
        #expect(goes.metrics.failing.value == 1)
        roster.leave(goes)
        goes.reviewHealth(at: .now)
        #expect(goes.metrics.failing.value == 0)
        let statuses = all()
        #expect(statuses.map(\.isLeaving) == [false, true])
        #expect(statuses.map(\.isFailing) == [false, false])
        #expect(statuses.map(\.isRequired) == [true, true])
        #expect(statuses[1].state == .holding)
        #expect(statuses[1].queue.samples == 1)
        roster.join(goes)
        #expect(all().map(\.isFailing) == [false, true])
        #expect(all().allSatisfy { !$0.isLeaving })
        #expect(goes.metrics.failing.value == 1)
    }

    @Test func `order holds across outboxes that share a roster`() throws {
        let roster = Roster(transport: CountingTransport())
        let destination = destination("a")
        roster.join(destination)
        let former = Outbox(roster, to: [(destination, destination.settings)])
        let next = Outbox(roster, to: [(destination, destination.settings)])
        try offer(former, "1")
        try offer(next, "2")
        try offer(former, "3")
        #expect(next.receiptTime(group: 1, now: 1_000) == 1_003)
        var wire = destination.makeWires()[0]
        guard case .send(let request) = wire.next(now: .now) else { return #expect(Bool(false)) }
        #expect(request.text == "123")
    }

    @Test func `when all is closed nobody is taken back or gone, and who comes is closed`() {
        let roster = Roster(transport: CountingTransport())
        let (first, late) = (destination("a"), destination("late"))
        roster.join(first)
        roster.leave(first)
        roster.close()
        #expect(roster.isClosed)
        roster.join(first)
        roster.join(late)
        #expect(!roster.retire(first))
        for destination in [first, late] {
            guard case .finished = destination.shards[0].take() else { return #expect(Bool(false)) }
        }
        let outbox = Outbox(roster, to: [(late, late.settings)])
        #expect(throws: Outbox.Refusal.closed) { try offer(outbox, "x") }
    }

    private final class Seen: Sendable {
        private let names = Mutex<[[String]]>([])
        var all: [[String]] { names.withLock { $0 } }
        func note(_ some: [String]) { names.withLock { $0.append(some) } }
    }
}
