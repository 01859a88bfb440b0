/// The waits between attempts that fail: each twice the one before, up to a minute, and some jitter, so that many who lost
/// the same server do not come back together.
struct Retry: Sendable {
    private static let shortest = Duration.seconds(1)
    private static let longest = Duration.seconds(60)

    private var next = shortest

    /// The wait before the next attempt.
    ///
    /// - Parameter jitter: from 0 to 1; at most half of the wait is added.
    mutating func wait(jitter: Double) -> Duration {
        defer { next = min(next * 2, Self.longest) }
        return next + next * (0.5 * jitter)
    }

    /// Begins again with the shortest wait.
    mutating func reset() { next = Self.shortest }
}
