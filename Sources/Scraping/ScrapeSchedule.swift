/// When each target is scraped: spread over the interval by a hash, and never twice at a time.
///
/// It knows targets by a number and reads no clock.
struct ScrapeSchedule {
    private enum Phase {
        case waiting(ContinuousClock.Instant)
        case underWay
    }

    private let interval: Duration
    /// Multiples of the interval are counted from here.
    private let epoch: ContinuousClock.Instant
    private var targets: [Int: (offset: Duration, phase: Phase)] = [:]
    /// When the next scrape is due, whose target is not under way; nil: none is.
    private(set) var nextTime: ContinuousClock.Instant?

    /// A schedule without targets.
    init(every interval: Duration, from epoch: ContinuousClock.Instant) {
        self.interval = interval
        self.epoch = epoch
    }

    /// Begins with a target, at the place in the interval that its hash gives it.
    mutating func add(_ target: Int, hash: UInt64, now: ContinuousClock.Instant) {
        let offset = interval * (Double(hash >> 11) / Double(1 << 53))
        let time = next(offset, after: now)
        targets[target] = (offset, .waiting(time))
        nextTime = min(nextTime ?? time, time)
    }

    /// Has done with a target.
    mutating func remove(_ target: Int) {
        targets[target] = nil
        nextTime = soonest
    }

    /// The targets whose time has come, those first that have waited longest; they are under way from now on.
    mutating func begin(atMost count: Int, now: ContinuousClock.Instant) -> [Int] {
        // It is asked at every turn of the transport, mostly for nothing.
        guard let nextTime, nextTime <= now, count > 0 else { return [] }
        let due = targets.compactMap { target, entry -> (target: Int, time: ContinuousClock.Instant)? in
            guard case .waiting(let time) = entry.phase, time <= now else { return nil }
            return (target, time)
        }
        let begun = due.sorted { ($0.time, $0.target) < ($1.time, $1.target) }.prefix(count).map(\.target)
        for target in begun { targets[target]?.phase = .underWay }
        self.nextTime = soonest
        return begun
    }

    /// A scrape is over: the next one is at the next place that is still to come, and those before it are left out.
    mutating func finish(_ target: Int, now: ContinuousClock.Instant) {
        guard let offset = targets[target]?.offset else { return }
        let time = next(offset, after: now)
        targets[target]?.phase = .waiting(time)
        nextTime = min(nextTime ?? time, time)
    }

    private var soonest: ContinuousClock.Instant? {
        targets.values.lazy.compactMap { if case .waiting(let time) = $0.phase { time } else { nil } }.min()
    }

    private func next(_ offset: Duration, after now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        let passed = (now - epoch - offset) / interval
        var turn = epoch + offset + interval * passed.rounded(.down)
        // Doubles are not exact.
        while turn <= now { turn += interval }
        return turn
    }
}
