import Delivery
import NIOCore
import Synchronization

/// What has become of pushes, until their event loop comes to tell their connections.
///
/// The sender settles the pushes of a request one after the other, and wakes the event loop once for all of them: woken for
/// each, it would have done with one before the next is settled, and sleep again.
final class Settlements: Addressee {
    private struct Notice: Sendable {
        let handler: NIOLoopBound<PushHandler>
        let number: Int
        let settlement: Settlement
    }

    private struct State {
        var notices: [Notice] = []
        /// Memory for the next ones.
        var spare: [Notice] = []
    }

    /// How many notices memory is kept for.
    private static let kept = 1_024

    private let execute: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let now: @Sendable () -> NIODeadline
    private let state = Mutex(State())

    /// Settlements that `execute` brings to their event loop, whose time `now` is.
    init(
        now: @escaping @Sendable () -> NIODeadline = NIODeadline.now,
        execute: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.now = now
        self.execute = execute
    }

    /// Notes what has become of a connection's push of this number; any thread.
    func tell(_ handler: NIOLoopBound<PushHandler>, _ settlement: Settlement, number: Int) {
        state.withLock { $0.notices.append(Notice(handler: handler, number: number, settlement: settlement)) }
    }

    func wake() { execute { self.deliver() } }

    private func deliver() {
        var notices = state.withLock { state in
            let notices = state.notices
            state.notices = state.spare
            state.spare = []
            return notices
        }
        let now = now()
        for notice in notices { notice.handler.value.settled(notice.settlement, number: notice.number, now: now) }
        notices.removeAll(keepingCapacity: notices.count <= Self.kept)
        state.withLock { $0.spare = notices }
    }
}
