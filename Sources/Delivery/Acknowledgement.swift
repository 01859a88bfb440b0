import Synchronization

/// What is still to be known of a push that is in the queue: settled once, by its destinations' answers.
///
/// A pusher that has gone away, or was answered 202, changes nothing here.
public final class Acknowledgement: Sendable {
    private struct State {
        var destinations: [Destination] = []
        /// How many of them have not answered yet.
        var unanswered = 0
        /// A bit for each that has; from the 65th on, `unanswered` alone tells.
        var answered: UInt64 = 0
        /// Who is told; gone once told, or once nobody waits, with all that it holds.
        var listener: Listener?
    }

    private struct Listener: Sendable {
        var tell: @Sendable (Settlement) -> Void
        var addressee: (any Addressee)?
    }

    private let state: Mutex<State>

    /// Will call `settled` once, on the transport's thread, under no lock.
    ///
    /// - Parameter addressee: is woken after that, once for many pushes that are settled together.
    public init(of addressee: (any Addressee)? = nil, settled: @escaping @Sendable (Settlement) -> Void) {
        state = Mutex(State(listener: Listener(tell: settled, addressee: addressee)))
    }

    /// Why the push is not settled yet: `<destination>: <why, since when>`, one line of visible ASCII.
    ///
    /// Of the destinations that have not answered, one that is failing is named before one that is only slow.
    public func whyPending(at now: ContinuousClock.Instant) -> String {
        let waitedFor = state.withLock { state in
            zip(0..., state.destinations).filter { index, _ in state.answered & (1 << UInt64(index)) == 0 }.map(\.1)
        }
        for destination in waitedFor {
            if let why = destination.failing(at: now) { return why }
        }
        return waitedFor.first?.whySlow ?? "no destination: no answer yet"
    }

    /// Why the push will not be answered in time: `<destination>: <why, since when>` of one that is failing (contract A2).
    ///
    /// - Returns: one line of visible ASCII; nil while none of its destinations is failing.
    public func failing(at now: ContinuousClock.Instant) -> String? {
        for destination in state.withLock({ $0.destinations }) {
            if let why = destination.failing(at: now) { return why }
        }
        return nil
    }

    /// Nobody waits any more: unless it is being called already, `settled` is not called from now on.
    public func forget() { _ = state.withLock { $0.listener.take() } }

    /// From now on these destinations are waited for.
    func expect(_ destinations: [Destination]) {
        state.withLock { state in
            state.destinations = destinations
            state.unanswered = destinations.count
        }
    }

    /// A destination has stored the push.
    ///
    /// - Returns: who is to be woken for that; nobody where this one is not waited for.
    func deliver(by destination: Destination) -> (any Addressee)? {
        let listener = state.withLock { state -> Listener? in
            guard let index = state.destinations.firstIndex(where: { $0 === destination }) else { return nil }
            state.answered |= 1 << UInt64(index)  // shifted past the last bit it is 0
            state.unanswered -= 1
            return state.unanswered == 0 ? state.listener.take() : nil
        }
        listener?.tell(.delivered)
        return listener?.addressee
    }

    /// A destination will never store the push; the first to say so of those that are waited for settles it.
    ///
    /// - Returns: whether somebody was waiting to be told.
    @discardableResult
    func fail(_ settlement: Settlement, by destination: Destination) -> Bool {
        let listener = state.withLock { state in
            state.destinations.contains { $0 === destination } ? state.listener.take() : nil
        }
        defer { listener?.addressee?.wake() }
        listener?.tell(settlement)
        return listener != nil
    }
}
