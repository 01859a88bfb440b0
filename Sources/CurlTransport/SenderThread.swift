import Bytes
public import Delivery
import Synchronization

/// The thread that talks to destinations: poll, reap, ask, do.
///
/// It owns the curl handles, the requests in flight and the wires; other threads may wake it and tell it to stop.
public final class SenderThread: Transport {
    let multi: MultiHandle
    let userAgent: String
    private let isWoken = Atomic(false)
    private let deadline = Mutex<ContinuousClock.Instant?>(nil)

    /// A thread that does not run yet; what is offered meanwhile waits for it.
    ///
    /// - Parameter version: for `User-Agent: push-collector/<version>`.
    public init(version: String) throws(TransportError) {
        multi = try MultiHandle()
        userAgent = "push-collector/\(version)"
    }

    /// Makes the thread ask its wires; any thread, and cheap when it has been woken already.
    public func wake() {
        if !isWoken.exchange(true, ordering: .acquiringAndReleasing) { multi.wake() }
    }

    /// From this time on what is not settled is given up; the earliest such time counts.
    func stop(by time: ContinuousClock.Instant) {
        deadline.withLock { $0 = min($0 ?? time, time) }
        wake()
    }

    /// Delivers until the outbox is closed and everything is settled, or the time to stop has come.
    ///
    /// Before it asks for batches it gives way: where others wait for a processor they read pushes, which go with the
    /// batch; where none does that takes no time. A request costs what ten pushes do.
    ///
    /// Blocks the thread that calls it: one, once.
    ///
    /// - Parameter closeOutbox: is called before anything is given up, so that nothing comes behind that.
    /// - Returns: the samples that were given up.
    func run(_ destinations: [Destination], closeOutbox: () -> Void) throws(TransportError) -> Int {
        var round = try makeRound(destinations)
        while true {
            let now = ContinuousClock.now
            round.ask(multi, now: now)
            if round.isFinished { return 0 }
            if let deadline = deadline.withLock({ $0 }), now >= deadline {
                closeOutbox()
                return round.abandon(multi, now: now)
            }
            multi.perform()
            if round.reap(multi, now: .now) {
                PlatformThread.giveWay()
                continue
            }
            multi.poll(atMost: round.wait(now: .now, deadline: deadline.withLock { $0 }))
            // Cleared before the wires are asked: who appends after that wakes us again.
            if isWoken.exchange(false, ordering: .acquiringAndReleasing) { PlatformThread.giveWay() }
        }
    }

    private func makeRound(_ destinations: [Destination]) throws(TransportError) -> Round {
        let wires = destinations.map { $0.makeWires(wallClock: WallClock.milliseconds) }
        // The handles of the carriers come first, then those that fetch tokens, one a destination.
        let count = wires.reduce(0) { $0 + $1.count }
        var carriers: [Carrier] = []
        var accesses: [Access] = []
        for (index, destination) in destinations.enumerated() {
            let access = try Access(destination, slot: count + index, userAgent: userAgent)
            accesses.append(access)
            for wire in wires[index] {
                let slots = Carrier.Place(destination: index, slot: carriers.count, userAgent: userAgent)
                carriers.append(try Carrier(wire, of: destination, access, at: slots))
            }
        }
        return Round(carriers, accesses, destinations)
    }
}
