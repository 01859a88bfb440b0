import Delivery

/// What the sender thread goes through again and again: its carriers, and when to look at them next.
struct Round {
    /// How often the health of destinations is looked at while requests are under way or waiting.
    private static let reviewInterval = Duration.seconds(1)
    /// The longest a poll lasts when there is nothing to wait for but a wake.
    private static let longestWait = Duration.seconds(3_600)

    private let carriers: [Carrier]
    private let destinations: [Destination]
    private let accesses: [Access]
    /// The earliest time at which a waiting wire wants to be asked.
    private var nextAttempt: ContinuousClock.Instant?
    private var nextReview = ContinuousClock.now

    /// Whether all wires are finished.
    private(set) var isFinished = false

    init(_ carriers: [Carrier], _ accesses: [Access], _ destinations: [Destination]) {
        self.carriers = carriers
        self.accesses = accesses
        self.destinations = destinations
    }

    /// Asks each wire that has no request in flight, and does what it wants.
    mutating func ask(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) {
        nextAttempt = nil
        isFinished = true
        let isDue = now >= nextReview
        // Before anything is sent: what a request shows is at most so old.
        if isDue { for access in accesses { access.review(now: now) } }
        for carrier in carriers {
            if let answer = carrier.resume(on: multi, now: now) { carrier.wire.completed(answer, now: now) }
            if !carrier.isBusy, ask(carrier, multi, now: now) { continue }
            isFinished = false
        }
        if isDue {
            nextReview = now + Self.reviewInterval
            for destination in destinations { destination.reviewHealth(at: now) }
        }
    }

    /// - Returns: whether the wire is finished.
    private mutating func ask(_ carrier: Carrier, _ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Bool
    {
        while true {
            switch carrier.wire.next(now: now) {
            case .send(let request):
                guard let failure = carrier.start(request, on: multi, now: now) else { return false }
                carrier.wire.completed(failure, now: now)
            case .wait(let until):
                nextAttempt = min(nextAttempt ?? until, until)
                return false
            case .idle:
                return false
            case .finished:
                return true
            }
        }
    }

    /// Hands the answers that have come to their wires.
    ///
    /// - Returns: whether there were any.
    func reap(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Bool {
        var hasReaped = false
        while let done = multi.nextDone() {
            hasReaped = true
            guard done.slot < carriers.count else {
                accesses[done.slot - carriers.count].finishToken(done.result, on: multi, now: now)
                continue
            }
            let carrier = carriers[done.slot]
            guard let response = carrier.finish(done.result, on: multi, now: now) else { continue }
            carrier.wire.completed(response, now: now)
            if carrier.isOutdated { destinations[carrier.destination].credentialsWereOld(at: now) }
        }
        return hasReaped
    }

    /// How long there is nothing to do, as far as can be known.
    func wait(now: ContinuousClock.Instant, deadline: ContinuousClock.Instant?) -> Duration {
        let isAtWork = nextAttempt != nil || carriers.contains(where: \.isBusy)
        let times = [nextAttempt, deadline, isAtWork ? nextReview : nil].compactMap { $0 }
        return max(.zero, min(Self.longestWait, (times.min() ?? now + Self.longestWait) - now))
    }

    /// Gives everything up.
    ///
    /// - Returns: the samples that are lost by that.
    func abandon(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Int {
        for access in accesses { access.tokenSource?.abandon(on: multi) }
        return carriers.reduce(0) { $0 + $1.abandon(on: multi, now: now) }
    }
}
