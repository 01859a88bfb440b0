import Logging
import Synchronization
public import Telemetry

/// All destinations that there are, whichever configuration names them, and what the outboxes over them share.
///
/// A destination joins with the configuration that names it. Left out of the next one, it leaves: nothing more enters, what
/// is queued is delivered, and then it is gone. One that comes back before that is taken back, with what it holds.
public final class Roster: Sendable {
    private struct State {
        var members: [Destination] = []
        var isClosed = false
    }

    let transport: any Transport
    let receiptTimes = ReceiptTimes()
    let closed = Atomic(false)
    private let state = Mutex(State())
    private let whenChanged: @Sendable ([DestinationMetrics]) -> Void

    /// Nobody yet.
    ///
    /// - Parameter whenChanged: is given the metrics of those that are there when one has come or is gone; any thread.
    public init(transport: any Transport, whenChanged: @escaping @Sendable ([DestinationMetrics]) -> Void = { _ in }) {
        self.transport = transport
        self.whenChanged = whenChanged
    }

    /// Those that are there, in the order in which they came; those that leave are among them.
    public var members: [Destination] { state.withLock(\.members) }

    /// Whether nothing is taken any more.
    public var isClosed: Bool { closed.load(ordering: .acquiring) }

    /// The destination of a name; nil where there is none.
    public func member(named name: String) -> Destination? { members.first { $0.name == name } }

    /// Takes a destination in, or back; its wires are to be asked after that.
    public func join(_ destination: Destination) {
        let members = state.withLock { state in
            if destination.setLeaving(false), !state.isClosed { destination.open() }
            if !state.members.contains(where: { $0 === destination }) {
                state.members.append(destination)
                if state.isClosed { destination.close() } else { destination.open() }
            }
            return state.members
        }
        whenChanged(members.map(\.metrics))
    }

    /// From now on nothing enters this one, and no outbox that is in use may lead to it; what it holds is delivered.
    public func leave(_ destination: Destination) {
        state.withLock { _ in
            destination.setLeaving(true)
            destination.close()
        }
        transport.wake()
    }

    /// For the transport: the wires of a destination have finished.
    ///
    /// - Returns: whether it is gone; otherwise it was taken back, or all is closed.
    public func retire(_ destination: Destination) -> Bool {
        let members: [Destination]? = state.withLock { state in
            guard !state.isClosed, destination.setLeaving(false) else { return nil }
            state.members.removeAll { $0 === destination }
            return state.members
        }
        guard let members else { return false }
        whenChanged(members.map(\.metrics))
        destination.logger.info("destination is gone: all that was queued for it is settled")
        return true
    }

    /// Takes no more offers; the transport delivers what is queued.
    public func close() {
        guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // Who looked before that may still be appending.
        receiptTimes.barrier()
        state.withLock { state in
            state.isClosed = true
            for destination in state.members { destination.close() }
        }
        transport.wake()
    }
}
