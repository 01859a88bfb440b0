import Synchronization

/// Whether pushes are taken: what `/-/ready` answers, and when draining begins.
public final class Readiness: Sendable {
    private struct State {
        var phase = Phase.starting
        var whenDraining: (@Sendable () -> Void)?
        var full: (destination: String, until: ContinuousClock.Instant)?
    }

    /// How far the server is.
    public enum Phase: Sendable {
        /// It does not listen yet.
        case starting
        /// It takes pushes.
        case ready
        /// It takes pushes still, and wishes that they went elsewhere.
        case leaving
        /// It finishes what is in hand and ends.
        case draining

        /// Whether the process is about to end.
        var isEnding: Bool { self == .leaving || self == .draining }
    }

    private let state = Mutex(State())

    /// Not ready yet.
    public init() {}

    /// How far the server is.
    public var phase: Phase {
        get { state.withLock(\.phase) }
        set {
            let begun = state.withLock { state in
                state.phase = newValue
                return newValue == .draining ? state.whenDraining.take() : nil
            }
            begun?()
        }
    }

    /// Will call this once, when draining begins.
    public func whenDraining(_ begun: @escaping @Sendable () -> Void) { state.withLock { $0.whenDraining = begun } }
}

extension Readiness {
    /// Remembers until when a destination said that its queue is full.
    func full(destination: String, until: ContinuousClock.Instant) {
        state.withLock { $0.full = (destination, until) }
    }

    /// The answer to `/-/ready`: a full queue is no reason to be taken out of service, for then its pushers would see
    /// a refused connection in place of our 503 and its reason.
    func answer(now: ContinuousClock.Instant) -> HTTPAnswer {
        let (phase, full) = state.withLock { ($0.phase, $0.full) }
        switch phase {
        case .starting: return .notReady("starting")
        case .leaving, .draining: return .notReady("draining")
        case .ready:
            guard let full, now < full.until else { return .line("OK") }
            return .line("queue full: \(full.destination)")
        }
    }
}
