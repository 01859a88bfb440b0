/// How fast a destination's queue empties, from what left it in the last seconds.
struct DrainRate: Sendable {
    /// Bytes a second, smoothed over the past.
    private var smoothed = 0.0
    /// What left since `since`.
    private var recent = 0
    private var since: ContinuousClock.Instant?

    /// Bytes left the queue.
    mutating func left(_ bytes: Int, now: ContinuousClock.Instant) {
        if let since, now - since >= .seconds(1) {
            smoothed = rate(at: now)
            recent = 0
            self.since = now
        }
        since = since ?? now
        recent += bytes
    }

    /// The seconds after which so many bytes will have left, from 1 to 60 (contract A6); nil before any have.
    func seconds(toFree bytes: Int, now: ContinuousClock.Instant) -> Int? {
        guard since != nil else { return nil }
        let seconds = Double(bytes) / max(rate(at: now), 1)
        return max(1, min(60, Int(min(seconds, 60).rounded(.up))))
    }

    /// Half the past, half what is newer; silence counts.
    private func rate(at now: ContinuousClock.Instant) -> Double {
        guard let since else { return 0 }
        let seconds = max((now - since) / .seconds(1), 0)
        if seconds < 1 { return max(smoothed, Double(recent)) }
        return (smoothed / seconds + Double(recent) / seconds) / 2
    }
}
