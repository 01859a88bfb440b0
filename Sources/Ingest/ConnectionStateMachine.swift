import NIOCore

/// The history of one connection: what its next event means, and until when one must come.
///
/// It decides and does nothing: `PushHandler` tells it what happened and when, and does what it answers.
struct ConnectionStateMachine {
    /// What a request's head says about what follows.
    struct Head: Equatable {
        /// Whether the body is wanted: it is a push that nothing speaks against so far.
        var isPush: Bool
        /// The body's length, where it is known beforehand.
        var contentLength: Int?
        /// Whether the sender waits for `100 Continue` with the body.
        var expectsContinue = false
        /// Whether the connection may serve another request.
        var isKeepAlive = true
    }

    /// What is to be done.
    enum Action: Equatable {
        /// Nothing.
        case none
        /// Answer 100: the body is welcome.
        case sendContinue
        /// Keep this piece of the body.
        case keep
        /// The body is whole: pass the push on.
        case process
        /// Give the answer that the request has got so far.
        case answer(Ending)
        /// Refuse the request for how it arrives.
        case refuse(Fault, Ending)
        /// Answer that the push is queued and not stored yet.
        case stopWaiting(Ending)
        /// Close now.
        case close
    }

    /// What is wrong with the way in which a request arrives.
    enum Fault: Equatable {
        case bodyTooLarge, headTimeout, bodyTimeout
    }

    /// What becomes of the connection after an answer.
    enum Ending: Equatable {
        /// The next request.
        case keepAlive
        /// Its end, once the answer has left.
        case close
        /// No more answers; what still arrives is thrown away for a while, so that the answer can be read.
        case linger
    }

    private enum State: Equatable {
        /// Between requests.
        case idle
        /// Some bytes of a head are there.
        case readingHead
        /// The head is there, and its credentials are looked at.
        case asking
        /// A push arrives.
        case collecting
        /// The rest of a request arrives whose answer is known already.
        case discarding
        /// The push is on its way to the queue.
        case processing
        /// The push is queued and waits for its destinations.
        case waiting
        /// The last answer is given, and the sender may be sending still.
        case lingering
        case closed
    }

    /// What holds from the next request on.
    var limits: ConnectionLimits
    private var state = State.idle
    private var isKeepAlive = true
    private var isDraining = false
    /// Whether nothing is waited for any more.
    private var isDrainOver = false
    /// The bytes of the body in hand so far; after the last answer, all that came since.
    private var received = 0
    /// When something must have happened; nil while it is the collector's turn.
    private(set) var deadline: NIODeadline?

    init(limits: ConnectionLimits, now: NIODeadline) {
        self.limits = limits
        deadline = now + limits.idle
    }
}

// What arrives.
extension ConnectionStateMachine {
    /// Whether a request may begin; after the last answer none does.
    var expectsHead: Bool { state == .idle || state == .readingHead || state == .asking }

    /// Whether a head's credentials are looked at.
    var isAsking: Bool { state == .asking }

    /// Whether a push arrives.
    var isCollecting: Bool { state == .collecting }

    /// Whether a push is on its way to the queue.
    var isProcessing: Bool { state == .processing }

    /// Whether a push is queued and its answer waits for its destinations.
    var isWaiting: Bool { state == .waiting }

    /// Bytes came that do not make a whole head yet.
    mutating func headBegan(now: NIODeadline) {
        guard state == .idle else { return }
        state = .readingHead
        deadline = now + limits.head
    }

    /// A head is there, and its credentials are looked at before it counts.
    mutating func asked() {
        guard expectsHead else { return }
        state = .asking
        deadline = nil
    }

    /// A request begins.
    mutating func head(_ head: Head, now: NIODeadline) -> Action {
        guard expectsHead else { return .none }
        received = 0
        isKeepAlive = head.isKeepAlive
        deadline = now + limits.body
        guard head.isPush else {
            state = .discarding
            // Whoever waits for 100 has not sent the body, and may or may not send it after another answer.
            return head.expectsContinue && head.contentLength != 0 ? linger(.answer(.linger), now: now) : .none
        }
        state = .collecting
        if let length = head.contentLength, length > limits.bodySize {
            return linger(.refuse(.bodyTooLarge, .linger), now: now)
        }
        return head.expectsContinue ? .sendContinue : .none
    }

    /// A piece of the body came.
    mutating func body(_ count: Int, now: NIODeadline) -> Action {
        received += count
        switch state {
        case .collecting:
            guard received <= limits.bodySize else { return linger(.refuse(.bodyTooLarge, .linger), now: now) }
            deadline = now + limits.body
            return .keep
        case .discarding:
            guard received <= limits.bodySize else { return linger(.answer(.linger), now: now) }
            deadline = now + limits.body
            return .none
        case .lingering:
            return received > limits.lingerBytes ? close() : .none
        case .idle, .readingHead, .asking, .processing, .waiting, .closed:
            return .none
        }
    }

    /// The body, or the request that has none, is whole.
    mutating func end(now: NIODeadline) -> Action {
        switch state {
        case .collecting:
            state = .processing
            deadline = nil
            return .process
        case .discarding:
            return answer(now: now)
        case .lingering:
            return close()
        case .idle, .readingHead, .asking, .processing, .waiting, .closed:
            return .none
        }
    }

    /// The bytes that came are not HTTP/1.1, or end too early: they are refused once.
    mutating func malformed(now: NIODeadline) -> Action {
        switch state {
        case .idle, .readingHead, .collecting, .discarding: linger(.answer(.linger), now: now)
        case .asking, .processing, .waiting, .lingering, .closed: .none
        }
    }

    /// The other side sends no more.
    mutating func inputClosed() -> Action {
        switch state {
        case .idle, .readingHead, .asking, .collecting, .discarding, .lingering: return close()
        case .processing, .waiting:
            isKeepAlive = false
            return .none
        case .closed: return .none
        }
    }
}

// What becomes of a push.
extension ConnectionStateMachine {
    /// The push in hand is refused while its body arrives: the rest is thrown away, then it is answered.
    mutating func refusedEarly() {
        guard state == .collecting else { return }
        state = .discarding
    }

    /// The push is queued, and its answer waits so long for its destinations.
    mutating func queued(for patience: TimeAmount, now: NIODeadline) -> Action {
        guard state == .processing else { return .none }
        guard !isDrainOver else { return stopWaiting(now: now) }
        state = .waiting
        deadline = now + patience
        return .none
    }

    /// The answer of the push in hand is known.
    mutating func answered(now: NIODeadline) -> Action {
        switch state {
        case .processing, .waiting: answer(now: now)
        case .idle, .readingHead, .asking, .collecting, .discarding, .lingering, .closed: .none
        }
    }

    /// The collector drains: the request in hand is the last.
    mutating func drain() -> Action {
        isDraining = true
        return state == .idle ? close() : .none
    }

    /// The time for draining is over: what is in hand is answered as it stands.
    mutating func drainEnded(now: NIODeadline) -> Action {
        isDrainOver = true
        return switch state {
        case .waiting: stopWaiting(now: now)
        case .asking, .collecting, .discarding: linger(.answer(.linger), now: now)
        case .idle, .readingHead, .lingering: close()
        case .processing, .closed: .none
        }
    }

    /// No more time is left, but for a push on its way to the queue, which is answered once it is there.
    mutating func cut() -> Action { state == .processing ? .none : close() }
}

// What does not happen in time.
extension ConnectionStateMachine {
    /// Time has passed; before the deadline that means nothing.
    mutating func timePassed(now: NIODeadline) -> Action {
        guard let deadline, now >= deadline else { return .none }
        switch state {
        case .idle, .lingering: return close()
        case .readingHead: return linger(.refuse(.headTimeout, .linger), now: now)
        case .collecting: return linger(.refuse(.bodyTimeout, .linger), now: now)
        case .discarding: return linger(.answer(.linger), now: now)
        case .waiting: return stopWaiting(now: now)
        case .asking, .processing, .closed: return .none
        }
    }

    private mutating func answer(now: NIODeadline) -> Action { .answer(ending(now: now)) }

    private mutating func stopWaiting(now: NIODeadline) -> Action { .stopWaiting(ending(now: now)) }

    private mutating func ending(now: NIODeadline) -> Ending {
        guard isKeepAlive, !isDraining else {
            state = .lingering
            deadline = now + limits.linger
            return .close
        }
        state = .idle
        deadline = now + limits.idle
        return .keepAlive
    }

    private mutating func linger(_ action: Action, now: NIODeadline) -> Action {
        state = .lingering
        deadline = now + limits.linger
        return action
    }

    private mutating func close() -> Action {
        state = .closed
        deadline = nil
        return .close
    }
}
