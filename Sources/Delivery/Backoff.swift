/// The waits between the attempts at one request: each twice the one before, with a little jitter.
struct Backoff: Sendable, Equatable {
    private let shortest: Duration
    private let longest: Duration
    private var next: Duration

    /// Waits from the shortest, doubling up to the longest.
    init(from shortest: Duration, to longest: Duration) {
        self.shortest = shortest
        self.longest = longest
        next = min(shortest, longest)
    }

    /// The wait before the next attempt.
    ///
    /// - Parameter jitter: from 0 to 1; at most a tenth of the wait is added, never taken, so that waits never shrink.
    mutating func wait(jitter: Double) -> Duration {
        let wait = next
        next = min(wait * 2, longest)
        return wait + wait * (0.1 * jitter)
    }

    /// Begins again with the shortest wait.
    mutating func reset() { next = min(shortest, longest) }
}
