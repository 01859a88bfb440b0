import Testing

@testable import Delivery

@Suite("DeliveryStateMachine")
struct DeliveryStateMachineTests {
    let start = ContinuousClock.now
    var machine = DeliveryStateMachine(backoff: Backoff(from: .milliseconds(30), to: .seconds(5)))

    @Test mutating func `a batch is sent whole and delivered whole`() {
        machine.begin(pushes: 3)
        #expect(machine.waits(at: start) == nil)
        #expect(machine.send() == (0..<3, 1))
        #expect(completed(.delivered) == .delivered(0..<3))
        #expect(machine.isEmpty)
    }

    @Test mutating func `what cannot be taken now is sent again after the back-off, counting attempts`() {
        machine.begin(pushes: 2)
        var now = start
        for (attempt, wait) in [(1, 30), (2, 60), (3, 120)] {
            #expect(machine.send() == (0..<2, attempt))
            #expect(machine.completed(.retry(after: nil), now: now, jitter: 0) == .retried(0..<2))
            #expect(machine.waits(at: now) == now + .milliseconds(wait))
            now += .milliseconds(wait)
            #expect(machine.waits(at: now) == nil)
        }
        #expect(machine.send() == (0..<2, 4))
    }

    @Test mutating func `chance is asked for back-offs only`() {
        var asked = 0
        func jitter() -> Double {
            asked += 1
            return 1
        }
        for verdict in [Verdict.delivered, .refused, .retry(after: .seconds(1)), .misconfigured, .retry(after: nil)] {
            if machine.isEmpty { machine.begin(pushes: 1) }
            _ = machine.send()
            _ = machine.completed(verdict, now: start, jitter: jitter())
        }
        #expect(asked == 1)
        #expect(machine.waits(at: start) == start + .milliseconds(33))
    }

    @Test mutating func `Retry-After is obeyed exactly, longer than any back-off or shorter`() {
        machine.begin(pushes: 1)
        for seconds in [120, 2] {
            _ = machine.send()
            _ = completed(.retry(after: .seconds(seconds)))
            #expect(machine.waits(at: start) == start + .seconds(seconds))
            #expect(machine.waits(at: start + .seconds(seconds)) == nil)
        }
    }

    @Test mutating func `the next batch begins with the shortest wait`() {
        machine.begin(pushes: 1)
        for _ in 0..<5 {
            _ = machine.send()
            _ = completed(.retry(after: nil))
        }
        _ = machine.send()
        _ = completed(.delivered)
        machine.begin(pushes: 1)
        #expect(machine.send().attempt == 1)
        _ = completed(.retry(after: nil))
        #expect(machine.waits(at: start) == start + .milliseconds(30))
    }

    @Test mutating func `a lone push that is refused is the culprit`() {
        machine.begin(pushes: 1)
        _ = machine.send()
        #expect(completed(.refused) == .refused(0))
        #expect(machine.isEmpty)
    }

    @Test mutating func `a refused batch is halved, and the halves keep their order`() {
        machine.begin(pushes: 4)
        _ = machine.send()
        #expect(completed(.refused) == .halved)
        #expect(machine.open == [0, 1, 2, 3])
        #expect(machine.send() == (0..<2, 1))
        #expect(completed(.delivered) == .delivered(0..<2))
        #expect(machine.open == [2, 3])
        #expect(machine.send() == (2..<4, 1))
        #expect(completed(.refused) == .halved)
        #expect(machine.send() == (2..<3, 1))
        #expect(completed(.refused) == .refused(2))
        #expect(machine.send() == (3..<4, 1))
        #expect(completed(.delivered) == .delivered(3..<4))
        #expect(machine.isEmpty)
    }

    @Test mutating func `a wrong configuration is held, not halved, and counts as an attempt`() {
        machine.begin(pushes: 4)
        _ = machine.send()
        #expect(completed(.misconfigured) == .held(0..<4))
        #expect(machine.waits(at: start) == nil)
        #expect(machine.send() == (0..<4, 2))
    }

    @Test mutating func `what is abandoned is gone, in flight or waiting`() {
        machine.begin(pushes: 4)
        _ = machine.send()
        machine.abandon()
        #expect(machine.isEmpty)
        #expect(machine.open == [])
        machine.begin(pushes: 1)
        #expect(machine.send() == (0..<1, 1))
    }

    @Test(arguments: 1...70)
    func `of one culprit all others are delivered in order, within the bound of requests`(pushes: Int) {
        for culprit in 0..<pushes {
            let (delivered, refused, requests) = run(pushes: pushes, culprits: [culprit])
            #expect(delivered == (0..<pushes).filter { $0 != culprit })
            #expect(refused == [culprit])
            let log2 = pushes == 1 ? 0 : Int.bitWidth - (pushes - 1).leadingZeroBitCount
            #expect(requests <= 2 * log2 + 2)
        }
    }

    @Test(arguments: 0..<256)
    func `any set of culprits is found, and nobody else`(bits: Int) {
        let culprits = Set((0..<8).filter { bits & (1 << $0) != 0 })
        let (delivered, refused, _) = run(pushes: 8, culprits: culprits)
        #expect(delivered == (0..<8).filter { !culprits.contains($0) })
        #expect(refused == culprits.sorted())
    }

    private mutating func completed(_ verdict: Verdict) -> DeliveryStateMachine.Outcome {
        machine.completed(verdict, now: start, jitter: 0)
    }

    /// Plays a destination that refuses every request with a culprit in it.
    private func run(pushes: Int, culprits: Set<Int>) -> (delivered: [Int], refused: [Int], requests: Int) {
        var machine = machine
        var (delivered, refused, requests) = ([Int](), [Int](), 0)
        machine.begin(pushes: pushes)
        while !machine.isEmpty {
            let piece = machine.send().pushes
            requests += 1
            let verdict = piece.contains(where: culprits.contains) ? Verdict.refused : .delivered
            switch machine.completed(verdict, now: start, jitter: 0) {
            case .delivered(let pushes): delivered += pushes
            case .refused(let push): refused.append(push)
            default: break
            }
        }
        return (delivered, refused, requests)
    }
}
