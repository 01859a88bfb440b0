import Bytes
public import Delivery
import Synchronization

/// The thread that talks to destinations: poll, reap, ask, do.
///
/// It owns the curl handles, the requests in flight and the wires; other threads may wake it and tell it to stop.
public final class SenderThread: Transport {
    let userAgent: String
    private let alarm = Alarm()
    private let deadline = Mutex<ContinuousClock.Instant?>(nil)
    /// What is asked of it; nil once it does no more.
    private let errands = Mutex<[Errand]?>([])

    /// A thread that does not run yet; what is offered meanwhile waits for it.
    ///
    /// - Parameter version: for `User-Agent: push-collector/<version>`.
    public init(version: String) { userAgent = "push-collector/\(version)" }

    /// Makes the thread ask its wires; any thread, and cheap when it has been woken already.
    public func wake() { alarm.ring() }

    /// From this time on what is not settled is given up; the earliest such time counts.
    func stop(by time: ContinuousClock.Instant) {
        deadline.withLock { $0 = min($0 ?? time, time) }
        wake()
    }

    /// Delivers to the destinations of another configuration from now on.
    ///
    /// - Throws: what makes that impossible; then nothing has changed.
    public func change(_ change: DestinationChange) async throws(TransportError) {
        if let error = await withCheckedContinuation({ send(.change(change, $0)) }) { throw error }
    }

    /// Returns once the thread has come round, or has ended.
    public func beat() async { await withCheckedContinuation { send(.beat($0)) } }

    private func send(_ errand: Errand) {
        let isTaken = errands.withLock { errands in
            errands?.append(errand)
            return errands != nil
        }
        if isTaken { wake() } else { errand.turnDown() }
    }

    private func runErrands(_ round: inout Round, now: ContinuousClock.Instant) {
        let waiting = errands.withLock { errands in
            defer { errands?.removeAll() }
            return errands ?? []
        }
        for errand in waiting {
            switch errand {
            case .beat(let asked): asked.resume()
            case .change(let change, let asked):
                do throws(TransportError) {
                    try round.change(change, now: now)
                    asked.resume(returning: nil)
                } catch {
                    asked.resume(returning: error)
                }
            }
        }
    }

    private func endErrands() {
        for errand in errands.withLock({ $0.take() }) ?? [] { errand.turnDown() }
    }

    /// Delivers until the roster is closed and everything is settled, or the time to stop has come.
    ///
    /// Before it asks for batches it gives way: where others wait for a processor they read pushes, which go with the
    /// batch; where none does that takes no time. A request costs what ten pushes do.
    ///
    /// Blocks the thread that calls it: one, once.
    ///
    /// - Returns: the samples that were given up.
    func run(_ roster: Roster) throws(TransportError) -> Int {
        defer { endErrands() }
        let multi = try MultiHandle(alarm)
        var round = try Round(roster, userAgent: userAgent)
        while true {
            let now = ContinuousClock.now
            runErrands(&round, now: now)
            round.ask(multi, now: now)
            if round.isFinished { return 0 }
            if let deadline = deadline.withLock({ $0 }), now >= deadline {
                // Nothing is to come behind what is given up.
                roster.close()
                return round.abandon(multi, now: now)
            }
            multi.perform()
            if round.reap(multi, now: .now) {
                PlatformThread.giveWay()
                continue
            }
            multi.poll(atMost: round.wait(now: .now, deadline: deadline.withLock { $0 }))
            if alarm.isHeard() { PlatformThread.giveWay() }
        }
    }
}
