import NIOCore
import Synchronization
import Telemetry

/// The open connections: at most `limits.connections` of them (contract L3).
final class Connections: Sendable {
    private struct State {
        var limit: Int
        var open: [ObjectIdentifier: any Channel] = [:]
        var phase: PushHandler.Drain?
        var whenEmpty: CheckedContinuation<Void, Never>?
    }

    private let gauge: Gauge
    private let state: Mutex<State>

    init(limit: Int, gauge: Gauge) {
        state = Mutex(State(limit: limit))
        self.gauge = gauge
    }

    /// How many may be open from now on; fewer than there are close none.
    func setLimit(_ limit: Int) { state.withLock { $0.limit = limit } }

    /// Counts a connection until it closes.
    ///
    /// - Throws: `tooManyConnections`, `draining`.
    func admit(_ channel: any Channel) throws(PushError) {
        let id = ObjectIdentifier(channel)
        let refusal: PushError? = state.withLock { state in
            guard state.phase == nil else { return .draining }
            guard state.open.count < state.limit else { return .tooManyConnections(limit: state.limit) }
            state.open[id] = channel
            return nil
        }
        if let refusal { throw refusal }
        gauge.add(1)
        channel.closeFuture.whenComplete { _ in self.remove(id) }
    }

    private func remove(_ id: ObjectIdentifier) {
        gauge.add(-1)
        let waiter = state.withLock { state in
            state.open[id] = nil
            return state.open.isEmpty ? state.whenEmpty.take() : nil
        }
        waiter?.resume()
    }

    /// Tells every connection how far draining is, and those that come no more than that they are not served.
    func drain(_ phase: PushHandler.Drain) {
        let open = state.withLock { state in
            state.phase = phase
            return Array(state.open.values)
        }
        for channel in open { channel.pipeline.fireUserInboundEventTriggered(phase) }
    }

    /// Closes every connection as it stands.
    func close() {
        for channel in state.withLock({ Array($0.open.values) }) { channel.close(promise: nil) }
    }

    /// Waits until the last connection is closed; for one caller at a time.
    func untilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                guard !state.open.isEmpty else { return true }
                state.whenEmpty = continuation
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }
}
