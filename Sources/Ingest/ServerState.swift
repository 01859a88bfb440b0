import NIOCore
import NIOPosix
import Synchronization

/// What a server serves with, and a reload exchanges: the intake, the limits, the times, and the event loops' shares.
final class ServerState: Sendable {
    private struct State {
        var intake: Intake
        var limits: ConnectionLimits
        var times: PushServer.Times
        var shares: [Share] = []
    }

    /// An event loop, and what its connections share.
    private struct Share: Sendable {
        var eventLoop: any EventLoop
        var value: NIOLoopBound<EventLoopShare>
    }

    private let state: Mutex<State>

    init(_ intake: Intake, _ limits: ConnectionLimits, _ times: PushServer.Times) {
        state = Mutex(State(intake: intake, limits: limits, times: times))
    }

    var intake: Intake { state.withLock(\.intake) }
    var limits: ConnectionLimits { state.withLock(\.limits) }
    var times: PushServer.Times { state.withLock(\.times) }

    /// From now on this one is asked who comes in; to be called before the server serves.
    func use(_ door: Door) { state.withLock { $0.intake.door = door } }

    /// Makes what the connections of each event loop share.
    func shares(
        of group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool
    ) async throws -> [ObjectIdentifier: NIOLoopBound<EventLoopShare>] {
        var shares: [ObjectIdentifier: NIOLoopBound<EventLoopShare>] = [:]
        let intake = intake
        for eventLoop in group.makeIterator() {
            let share = try await eventLoop.submit {
                NIOLoopBound(EventLoopShare(intake, on: eventLoop, pool: pool), eventLoop: eventLoop)
            }.get()
            shares[ObjectIdentifier(eventLoop)] = share
            state.withLock { $0.shares.append(Share(eventLoop: eventLoop, value: share)) }
        }
        return shares
    }

    /// The event loops are about to end.
    func forgetShares() { state.withLock { $0.shares = [] } }

    /// Serves with these from now on; when it returns, no event loop takes a push with others.
    func adopt(_ intake: Intake, _ limits: ConnectionLimits, _ times: PushServer.Times) async {
        let shares = state.withLock { state in
            (state.intake, state.limits, state.times) = (intake, limits, times)
            return state.shares
        }
        for share in shares { try? await share.eventLoop.submit { share.value.value.adopt(intake, limits) }.get() }
    }

    /// Returns once every event loop has come round; at once where there is none.
    func beat() async {
        for share in state.withLock(\.shares) { try? await share.eventLoop.submit {}.get() }
    }
}
