import Settings
import Synchronization

/// Where the server listens, once that is known.
final class BoundAddresses: Sendable {
    private struct State {
        var addresses: [ListenAddress]?
        var waiters: [CheckedContinuation<[ListenAddress], Never>] = []
    }

    private let state = Mutex(State())

    /// Makes the addresses known; the first call counts.
    func set(_ addresses: [ListenAddress]) {
        let waiters = state.withLock { state in
            guard state.addresses == nil else { return state.waiters }
            state.addresses = addresses
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: addresses) }
    }

    /// Waits until they are known.
    func value() async -> [ListenAddress] {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state in
                if state.addresses == nil { state.waiters.append(continuation) }
                return state.addresses
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}
