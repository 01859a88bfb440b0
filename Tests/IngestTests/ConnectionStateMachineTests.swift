import NIOCore
import Testing

@testable import Ingest

@Suite("One connection's decisions: contract R8, L1, L4")
struct ConnectionStateMachineTests {
    private let start = NIODeadline.uptimeNanoseconds(0)
    private var limits = ConnectionLimits()
    private let push = ConnectionStateMachine.Head(isPush: true)
    private let page = ConnectionStateMachine.Head(isPush: false, contentLength: 0)

    init() {
        limits.bodySize = 100
        limits.lingerBytes = 1_000
    }

    private func machine() -> ConnectionStateMachine { ConnectionStateMachine(limits: limits, now: start) }

    private func at(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }

    @Test func `a push is collected, processed, waited for and answered`() {
        var machine = machine()
        #expect(machine.head(push, now: at(1)) == .none)
        #expect(machine.body(60, now: at(2)) == .keep)
        #expect(machine.body(40, now: at(3)) == .keep)
        #expect(machine.end(now: at(4)) == .process)
        #expect(machine.deadline == nil)
        #expect(machine.queued(for: .seconds(5), now: at(5)) == .none)
        #expect(machine.isWaiting)
        #expect(machine.deadline == at(10))
        #expect(machine.answered(now: at(6)) == .answer(.keepAlive))
        #expect(machine.deadline == at(66))
        #expect(machine.head(push, now: at(7)) == .none)
    }

    @Test func `what is no push is answered at its end`() {
        var machine = machine()
        #expect(machine.head(page, now: at(1)) == .none)
        #expect(machine.body(100, now: at(1)) == .none)
        #expect(machine.end(now: at(1)) == .answer(.keepAlive))
    }

    @Test func `who asks to close is answered and closed`() {
        var machine = machine()
        _ = machine.head(.init(isPush: false, contentLength: 0, isKeepAlive: false), now: at(1))
        #expect(machine.end(now: at(1)) == .answer(.close))
        #expect(machine.timePassed(now: at(3)) == .close)
    }

    @Test func `a body that announces too much is refused at once`() {
        var machine = machine()
        let head = ConnectionStateMachine.Head(isPush: true, contentLength: 101, expectsContinue: true)
        #expect(machine.head(head, now: at(1)) == .refuse(.bodyTooLarge, .linger))
        #expect(machine.body(900, now: at(1)) == .none)
        #expect(machine.body(101, now: at(1)) == .close)
    }

    @Test func `a body that becomes too much is refused at once`() {
        var machine = machine()
        _ = machine.head(push, now: at(1))
        #expect(machine.body(100, now: at(1)) == .keep)
        #expect(machine.body(1, now: at(1)) == .refuse(.bodyTooLarge, .linger))
        #expect(machine.body(500, now: at(1)) == .none)
        #expect(machine.end(now: at(2)) == .close)
    }

    @Test func `after the last answer the rest is thrown away for two seconds`() {
        var machine = machine()
        _ = machine.head(push, now: at(1))
        _ = machine.body(101, now: at(1))
        #expect(machine.deadline == at(3))
        #expect(machine.body(1, now: at(2)) == .none)
        #expect(machine.deadline == at(3))
        #expect(machine.timePassed(now: at(2)) == .none)
        #expect(machine.timePassed(now: at(3)) == .close)
        #expect(machine.body(1, now: at(3)) == .none)
        #expect(machine.deadline == nil)
    }

    @Test func `whoever waits for 100 gets it if the body is welcome`() {
        var machine = machine()
        let head = ConnectionStateMachine.Head(isPush: true, contentLength: 100, expectsContinue: true)
        #expect(machine.head(head, now: at(1)) == .sendContinue)
        #expect(machine.body(100, now: at(1)) == .keep)
    }

    @Test func `whoever waits for 100 in vain is answered at once`() {
        var machine = machine()
        let head = ConnectionStateMachine.Head(isPush: false, contentLength: 100, expectsContinue: true)
        #expect(machine.head(head, now: at(1)) == .answer(.linger))
    }

    @Test func `a refusal waits for the rest of the body, but not for more than a push may have`() {
        var machine = machine()
        _ = machine.head(push, now: at(1))
        machine.refusedEarly()
        #expect(machine.body(100, now: at(1)) == .none)
        var other = machine
        #expect(machine.end(now: at(2)) == .answer(.keepAlive))
        #expect(other.body(1, now: at(2)) == .answer(.linger))
    }

    @Test func `a head has ten seconds from its first byte`() {
        var machine = machine()
        machine.headBegan(now: at(50))
        machine.headBegan(now: at(55))
        #expect(machine.timePassed(now: at(59)) == .none)
        #expect(machine.timePassed(now: at(60)) == .refuse(.headTimeout, .linger))
    }

    @Test func `a body has thirty seconds from piece to piece`() {
        var machine = machine()
        _ = machine.head(push, now: at(1))
        _ = machine.body(1, now: at(30))
        #expect(machine.timePassed(now: at(59)) == .none)
        #expect(machine.timePassed(now: at(60)) == .refuse(.bodyTimeout, .linger))
    }

    @Test func `a refused request whose body stops is answered what it would have been`() {
        var machine = machine()
        _ = machine.head(.init(isPush: false), now: at(1))
        #expect(machine.timePassed(now: at(31)) == .answer(.linger))
    }

    @Test func `an idle connection has sixty seconds`() {
        var machine = machine()
        #expect(machine.timePassed(now: at(59)) == .none)
        #expect(machine.timePassed(now: at(60)) == .close)
    }

    @Test func `a connection that waits for its answer is not idle, and is answered in time`() {
        var machine = machine()
        _ = machine.head(push, now: at(0))
        _ = machine.end(now: at(0))
        #expect(machine.timePassed(now: at(99)) == .none)
        #expect(machine.queued(for: .seconds(100), now: at(0)) == .none)
        #expect(machine.timePassed(now: at(99)) == .none)
        #expect(machine.timePassed(now: at(100)) == .stopWaiting(.keepAlive))
        #expect(machine.answered(now: at(101)) == .none)
    }

    @Test func `who closes his side is answered what he has asked, and closed`() {
        var machine = machine()
        _ = machine.head(push, now: at(0))
        _ = machine.end(now: at(0))
        _ = machine.queued(for: .seconds(5), now: at(0))
        #expect(machine.inputClosed() == .none)
        #expect(machine.answered(now: at(1)) == .answer(.close))
    }

    @Test func `who closes his side early is not waited for`() {
        var idle = machine()
        #expect(idle.inputClosed() == .close)
        var collecting = machine()
        _ = collecting.head(push, now: at(0))
        #expect(collecting.malformed(now: at(0)) == .answer(.linger))
        #expect(collecting.inputClosed() == .close)
        #expect(collecting.inputClosed() == .none)
    }

    @Test func `what is malformed is refused once`() {
        var machine = machine()
        #expect(machine.malformed(now: at(0)) == .answer(.linger))
        #expect(machine.malformed(now: at(0)) == .none)
        #expect(machine.head(push, now: at(0)) == .none)
        #expect(machine.body(1_001, now: at(0)) == .close)
    }

    @Test func `draining closes what is idle at once, and what is in hand after its answer`() {
        var idle = machine()
        #expect(idle.drain() == .close)
        var waiting = machine()
        _ = waiting.head(push, now: at(0))
        #expect(waiting.drain() == .none)
        _ = waiting.end(now: at(0))
        _ = waiting.queued(for: .seconds(5), now: at(0))
        #expect(waiting.answered(now: at(1)) == .answer(.close))
    }

    @Test func `when draining ends, all are answered as they stand`() {
        var collecting = machine()
        _ = collecting.head(push, now: at(0))
        _ = collecting.drain()
        var waiting = collecting
        #expect(collecting.drainEnded(now: at(1)) == .answer(.linger))
        _ = waiting.end(now: at(0))
        var processing = waiting
        _ = waiting.queued(for: .seconds(5), now: at(0))
        #expect(waiting.drainEnded(now: at(1)) == .stopWaiting(.close))
        #expect(processing.drainEnded(now: at(1)) == .none)
        #expect(processing.answered(now: at(1)) == .answer(.close))
        #expect(processing.drainEnded(now: at(1)) == .close)
    }

    @Test func `a push that is queued when draining has ended is answered at once`() {
        var processing = machine()
        _ = processing.head(push, now: at(0))
        _ = processing.drain()
        var collecting = processing
        _ = processing.end(now: at(0))
        #expect(processing.drainEnded(now: at(1)) == .none)
        #expect(processing.cut() == .none)
        #expect(processing.queued(for: .seconds(5), now: at(2)) == .stopWaiting(.close))
        #expect(processing.cut() == .close)
        _ = collecting.drainEnded(now: at(1))
        #expect(collecting.cut() == .close)
    }

    @Test func `each push waits as long as it says`() {
        var machine = machine()
        for seconds in [60, 3, 5] as [Int64] {
            _ = machine.head(push, now: at(0))
            _ = machine.end(now: at(0))
            #expect(machine.queued(for: .seconds(seconds), now: at(0)) == .none)
            #expect(machine.deadline == at(seconds))
            #expect(machine.timePassed(now: at(seconds)) == .stopWaiting(.keepAlive))
        }
    }

    @Test(arguments: [
        ([("Content-Length", "5")], nil, 5, false, true),
        ([], nil, 0, false, true),
        ([("Transfer-Encoding", "chunked")], nil, nil, false, true),
        ([("Expect", "100-Continue"), ("Content-Length", "5")], nil, 5, true, true),
        ([("Expect", "100-continue"), ("Content-Length", "5")], "1.0", 5, false, false),
        ([("Expect", "200-maybe")], nil, 0, false, true),
        ([("Connection", "close")], nil, 0, false, false),
        ([("Connection", "upgrade"), ("Upgrade", "h2c")], nil, 0, false, false),
        ([("Connection", "keep-alive")], "1.0", 0, false, true),
    ])
    func `a head says what follows`(
        headers: [(String, String)], version: String?, length: Int?, expects: Bool, keeps: Bool
    ) throws {
        let head = try RequestHead.reading(headers, version: version ?? "1.1")
        let expected = ConnectionStateMachine.Head(
            isPush: true, contentLength: length, expectsContinue: expects, isKeepAlive: keeps)
        #expect(ConnectionStateMachine.Head(head, isPush: true) == expected)
    }

    @Test func `the limits are the configuration's`() {
        let limits = ConnectionLimits()
        #expect(limits.acknowledge == .seconds(5))
        #expect(limits.bodySize == 16 << 20)
    }
}
