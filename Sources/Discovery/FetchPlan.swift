/// Who wants things fetched: it says what to do, and is told what came of it; one thread alone asks it.
///
/// The transport does no more than it is told: when, how often and what for is decided here.
public protocol FetchPlan: AnyObject {
    /// What to do now; to be asked again until it says to wait.
    func next(now: ContinuousClock.Instant) -> FetchOrder

    /// A stream has brought so much more.
    func received(_ bytes: [UInt8], by id: Int, now: ContinuousClock.Instant)

    /// A request is over.
    func finished(_ answer: FetchAnswer, by id: Int, now: ContinuousClock.Instant)
}

/// What there is to do.
public enum FetchOrder: Sendable, Equatable {
    /// Make a request, and call it by this number, which no other one under way has.
    case fetch(Int, FetchRequest)
    /// Give up the request of this number; nothing is told of it any more.
    case cancel(Int)
    /// Nothing until then, unless something is told.
    case wait(until: ContinuousClock.Instant)
}
