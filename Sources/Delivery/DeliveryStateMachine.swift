/// What a wire does with the batch it has in hand: pure, given the time, without bytes.
///
/// A batch is sent whole. Refused, it is halved by pushes until the refused push stands alone, first half first, so that
/// order is kept; for a culprit among n pushes that takes at most 2·⌈log2 n⌉ + 1 requests.
struct DeliveryStateMachine: Sendable {
    /// What an answer means for the pushes that were sent.
    enum Outcome: Equatable {
        /// They are stored.
        case delivered(Range<Int>)
        /// This one will never be.
        case refused(Int)
        /// One of them will never be: a smaller request comes next.
        case halved
        /// The same again later.
        case retried(Range<Int>)
        /// The same again once the destination lets attempts through.
        case held(Range<Int>)
    }

    private enum Phase: Equatable {
        case ready
        case inFlight
        case waiting(until: ContinuousClock.Instant)
    }

    /// The pushes still to be answered, the next ones last.
    private var pieces: [Range<Int>] = []
    private var phase = Phase.ready
    private var attempt = 1
    private var backoff: Backoff

    init(backoff: Backoff) { self.backoff = backoff }

    /// Whether there is no batch in hand.
    var isEmpty: Bool { pieces.isEmpty }

    /// The pushes that are not answered yet, in their order.
    var unanswered: Range<Int>? {
        guard let next = pieces.last, let last = pieces.first else { return nil }
        return next.lowerBound..<last.upperBound
    }

    /// Takes a batch of so many pushes in hand.
    mutating func begin(pushes: Int) {
        precondition(pieces.isEmpty && pushes > 0, "one batch at a time")
        pieces = [0..<pushes]
        restart()
    }

    /// The pushes that are sent, or will be next.
    var piece: Range<Int>? { pieces.last }

    /// Until when the next attempt waits; nil where it may be made now.
    func waits(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard case .waiting(let until) = phase, now < until else { return nil }
        return until
    }

    /// Makes the attempt.
    mutating func send() -> (pushes: Range<Int>, attempt: Int) {
        guard phase != .inFlight, let piece = pieces.last else { preconditionFailure("one request at a time") }
        phase = .inFlight
        return (piece, attempt)
    }

    /// Learns what came of the request.
    ///
    /// - Parameter jitter: from 0 to 1, for the back-off.
    mutating func completed(_ verdict: Verdict, now: ContinuousClock.Instant, jitter: @autoclosure () -> Double)
        -> Outcome
    {
        guard phase == .inFlight, let piece = pieces.popLast() else { preconditionFailure("nothing was in flight") }
        switch verdict {
        case .delivered:
            restart()
            return .delivered(piece)
        case .refused where piece.count == 1:
            restart()
            return .refused(piece.lowerBound)
        case .refused:
            let middle = piece.lowerBound + piece.count / 2
            pieces += [middle..<piece.upperBound, piece.lowerBound..<middle]
            restart()
            return .halved
        case .retry(let after):
            again(piece, .waiting(until: now + (after ?? backoff.wait(jitter: jitter()))))
            return .retried(piece)
        case .misconfigured:
            again(piece, .ready)
            return .held(piece)
        }
    }

    /// Lets go of the batch, whatever became of it.
    mutating func abandon() {
        pieces = []
        restart()
    }

    private mutating func again(_ piece: Range<Int>, _ phase: Phase) {
        pieces.append(piece)
        attempt += 1
        self.phase = phase
    }

    private mutating func restart() {
        phase = .ready
        attempt = 1
        backoff.reset()
    }
}
