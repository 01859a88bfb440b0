import Fixtures
import Foundation
import Synchronization

/// Parallel pushers, each with a connection of its own, whose samples all have different values.
final class FaultLoad: Sendable {
    struct Plan: Sendable {
        var pushers = 16
        /// Pushes a second, of all pushers together; nil: as fast as they are answered.
        var rate: Double?
        /// How many pushes there are in all; nil: until the load is stopped.
        var pushes: Int?
        /// How many grouping keys all pushers share; nil: each has its own.
        var sharedGroups: Int?
        /// One push of so many is poisoned.
        var poisonEvery: Int?
        /// The number of the first push and the first group.
        var first = 0
        /// How many samples a push has, each in a series of its own.
        var parts = 1
        /// How many random bytes a label of each series has.
        var padding = 0
    }

    private struct State {
        var ledger: FaultLedger
        var begun = 0
        var isStopped = false
    }

    let plan: Plan
    private let port: Int
    /// Where a push that is answered 200 must be by then.
    private let destination: FaultyDestination?
    private let state: Mutex<State>
    private let threads = FaultThreads()
    private let start = ContinuousClock.now

    /// Begins to push to a port of the loopback interface.
    init(_ plan: Plan, to port: Int, checking destination: FaultyDestination?) {
        self.plan = plan
        self.port = port
        self.destination = destination
        state = Mutex(State(ledger: FaultLedger(parts: plan.parts, poisonEvery: plan.poisonEvery)))
        for pusher in 0..<plan.pushers {
            threads.start { self.push(as: pusher) }
        }
    }

    /// What the pushers were told so far.
    var ledger: FaultLedger { state.withLock { $0.ledger } }

    /// How many pushes were answered this so far.
    var counts: [Int: Int] { state.withLock { $0.ledger.counts } }

    /// How many pushes were answered so far.
    var answered: Int { counts.values.reduce(0, +) }

    /// Lets each pusher end with the answer that it waits for.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Waits until all pushers have ended.
    func ended() async throws -> FaultLedger {
        try await threads.ended("the pushers to end")
        return ledger
    }

    /// Lets it push for a while, and then end.
    func run(_ duration: Duration) async throws -> FaultLedger {
        try await Task.sleep(for: duration)
        stop()
        return try await ended()
    }

    private func push(as pusher: Int) {
        var client = FaultClient(port: port)
        while let index = next() {
            if let rate = plan.rate { FaultClock.sleep(until: start + .seconds(Double(index) / rate)) }
            let group = plan.first + (plan.sharedGroups.map { index % $0 } ?? pusher)
            let push = plan.first + index
            let answer = client.ask("POST /metrics/job/fault/group/\(group)", body: body(of: push))
            note(push, answer)
            if answer == nil { FaultClock.sleep(.milliseconds(20)) }
        }
    }

    /// How many pushes came before the next one; nil where there is none.
    private func next() -> Int? {
        state.withLock { state in
            guard !state.isStopped, state.begun < plan.pushes ?? .max else { return nil }
            defer { state.begun += 1 }
            return state.begun
        }
    }

    private func body(of push: Int) -> String {
        let poison = plan.poisonEvery.map { push % $0 == 0 } == true ? ",poison=\"yes\"" : ""
        guard plan.parts > 1 || plan.padding > 0 else { return "\(FaultSample.metric){part=\"0\"\(poison)} \(push)\n" }
        var random = SplitMix(state: UInt64(push))
        return (0..<plan.parts).map { part in
            let words = (0..<(plan.padding / 11)).map { _ in String(random.next() | 1 << 63, radix: 36).suffix(11) }
            let padding = ",padding=\"\(words.joined())\""
            return "\(FaultSample.metric){part=\"\(part)\"\(poison)\(padding)} \(push * plan.parts + part)\n"
        }.joined()
    }

    private func note(_ push: Int, _ answer: FaultMessage?) {
        let samples = (push * plan.parts)..<((push + 1) * plan.parts)
        let isMissing = answer?.status == 200 && destination.map { !samples.allSatisfy($0.holds) } ?? false
        state.withLock { state in
            state.ledger.add(push, answer)
            if isMissing { state.ledger.complain("\(push) was answered 200 before it was stored") }
        }
    }
}
