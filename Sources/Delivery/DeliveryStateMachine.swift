/// What a wire does with the batch it has in hand: pure, given the time, without bytes.
///
/// A batch is sent whole. Refused, it is halved by pushes until the refused push stands alone, first half first, so that
/// order is kept; for a culprit among n pushes that takes at most 2·⌈log2 n⌉ + 1 requests. So it is where it is too large,
/// and where one of its pushes is suspected of the destination's failures.
struct DeliveryStateMachine: Sendable {
    /// What an answer means for the pushes that were sent.
    enum Outcome: Equatable {
        /// They are stored.
        case delivered(Range<Int>)
        /// This one will never be.
        case refused(Int)
        /// One of them will never be, or they are too large together: a smaller request comes next.
        case halved
        /// This one is too large by itself; it is to be divided, or removed.
        case oversized(Int)
        /// This one fails while others do not: it is to be removed, and tried aside.
        case suspected(Int)
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
    /// - Parameters:
    ///   - isSuspect: whether a failure is laid to the pushes, and not to the destination.
    ///   - jitter: from 0 to 1, for the back-off.
    mutating func completed(
        _ verdict: Verdict, isSuspect: Bool = false, now: ContinuousClock.Instant,
        jitter: @autoclosure () -> Double
    ) -> Outcome {
        guard phase == .inFlight, let piece = pieces.popLast() else { preconditionFailure("nothing was in flight") }
        switch verdict {
        case .delivered:
            restart()
            return .delivered(piece)
        case .refused where piece.count == 1:
            restart()
            return .refused(piece.lowerBound)
        case .tooLarge where piece.count == 1:
            pieces.append(piece)
            restart()
            return .oversized(piece.lowerBound)
        case .refused, .tooLarge:
            halve(piece)
            restart()
            return .halved
        case .retry(let after):
            phase = .waiting(until: now + (after ?? backoff.wait(jitter: jitter())))
            attempt += 1
            guard isSuspect else {
                pieces.append(piece)
                return .retried(piece)
            }
            // The back-off goes on: it may be the destination after all.
            attempt = 1
            guard piece.count == 1 else {
                halve(piece)
                return .halved
            }
            pieces.append(piece)
            return .suspected(piece.lowerBound)
        case .misconfigured:
            pieces.append(piece)
            attempt += 1
            phase = .ready
            return .held(piece)
        }
    }

    /// The request in flight was not understood: the same comes again at once, in other words, as a request of its own.
    mutating func restate() {
        precondition(phase == .inFlight, "nothing was in flight")
        phase = .ready
        attempt = 1
    }

    /// Makes two of the piece that is next: it would be too large.
    mutating func halve() {
        guard let piece = pieces.popLast() else { return }
        precondition(phase != .inFlight && piece.count > 1, "a push stays whole, and what is in flight is")
        halve(piece)
    }

    /// The push has become so many: the others behind it move on.
    mutating func divide(_ push: Int, into count: Int) {
        pieces = pieces.map { piece in
            let start = piece.lowerBound > push ? piece.lowerBound + count - 1 : piece.lowerBound
            let end = piece.upperBound > push ? piece.upperBound + count - 1 : piece.upperBound
            return start..<end
        }
        // Each part travels alone.
        guard let piece = pieces.popLast() else { return }
        pieces += piece.reversed().map { $0..<$0 + 1 }
    }

    /// Removes pushes that are not to be sent from here any more; nothing is in flight.
    ///
    /// - Returns: those that were removed, in their order.
    mutating func remove(where isGone: (Int) -> Bool) -> [Int] {
        var removed: [Int] = []
        var kept: [Range<Int>] = []
        for piece in pieces.reversed() {
            var start = piece.lowerBound
            for push in piece where isGone(push) {
                removed.append(push)
                if start < push { kept.append(start..<push) }
                start = push + 1
            }
            if start < piece.upperBound { kept.append(start..<piece.upperBound) }
        }
        if !removed.isEmpty { pieces = kept.reversed() }
        if pieces.isEmpty { restart() }
        return removed
    }

    /// The back-off is another one from now on, and what waits for its next attempt is tried at once.
    mutating func renew(_ backoff: Backoff) {
        self.backoff = backoff
        if case .waiting = phase { phase = .ready }
    }

    /// The pushes that are not answered yet, piece by piece.
    var open: [Int] { pieces.reversed().flatMap { Array($0) } }

    private mutating func halve(_ piece: Range<Int>) {
        let middle = piece.lowerBound + piece.count / 2
        pieces += [middle..<piece.upperBound, piece.lowerBound..<middle]
    }

    /// Lets go of the batch, whatever became of it.
    mutating func abandon() {
        pieces = []
        restart()
    }

    private mutating func restart() {
        phase = .ready
        attempt = 1
        backoff.reset()
    }
}
