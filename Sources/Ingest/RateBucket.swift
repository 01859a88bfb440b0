import Settings

/// A bucket of tokens that fills up by one each interval, and of which each request takes one.
struct RateBucket: Sendable {
    let limit: RateLimit
    private var tokens: Double
    private var last: ContinuousClock.Instant

    /// A full bucket.
    init(_ limit: RateLimit, at now: ContinuousClock.Instant) {
        self.limit = limit
        tokens = Double(limit.burst)
        last = now
    }

    /// Takes a token.
    ///
    /// - Returns: nil, or in how many seconds there will be one.
    mutating func take(at now: ContinuousClock.Instant) -> Int? {
        if now > last {
            tokens = min(Double(limit.burst), tokens + (now - last) / limit.interval)
            last = now
        }
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        let seconds = (limit.interval / .seconds(1)) * (1 - tokens)
        return Int(min(max(seconds.rounded(.up), 1), 3_600))
    }
}
