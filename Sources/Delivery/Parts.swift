import Synchronization

/// What became of a push that travels in several requests, so far: its parts share it.
final class Parts: Sendable {
    private struct State {
        var samples = 0
        var stored = 0
        /// How many parts are not settled yet.
        var open = 0
        var isOver = false
    }

    private let state: Mutex<State>

    /// A push of so many samples, in so many parts.
    init(count: Int, samples: Int) { state = Mutex(State(samples: samples, open: count)) }

    /// Whether the rest of the push is not sent, because a part was refused or dropped.
    var isOver: Bool { state.withLock(\.isOver) }

    /// One part has become several.
    func divide(into count: Int) { state.withLock { $0.open += count - 1 } }

    /// A part is stored.
    ///
    /// - Returns: whether it was the last, and the push is stored.
    func deliver(samples: Int) -> Bool {
        state.withLock { state in
            state.stored += samples
            state.open -= 1
            return state.open == 0 && !state.isOver
        }
    }

    /// Of a part that is refused, so many samples are stored.
    func note(stored samples: Int) { state.withLock { $0.stored += samples } }

    /// The rest is not sent.
    func end() { state.withLock { $0.isOver = true } }

    /// `N of M samples were stored`; nil where none were.
    var stored: String? {
        let (stored, samples) = state.withLock { ($0.stored, $0.samples) }
        return stored > 0 ? "\(stored) of \(samples) samples were stored" : nil
    }
}
