/// How a destination is doing, for the status page.
public struct DestinationStatus: Sendable {
    /// What it does with what it is sent.
    public enum State: String, Sendable, CaseIterable {
        /// Nothing was sent yet.
        case idle
        /// It stores what it is sent.
        case delivering
        /// Its last answer refused a push for good; others go on.
        case refusing
        /// Attempts fail, and are made again.
        case backingOff = "backing_off"
        /// It takes a configuration that is wrong to talk to it so: nothing is refused, one attempt is made in ten seconds.
        case holding
    }

    /// An answer, or a failure, in the destination's own words.
    public struct Trouble: Sendable, Equatable {
        /// Milliseconds since the epoch.
        public var time: Int64
        /// One line, foreign text in part.
        public var words: String

        package init(time: Int64, words: String) {
            self.time = time
            self.words = words
        }
    }

    /// The name in logs, metrics and answers.
    public var name = ""
    /// Where it is, without what may be a secret.
    public var url = ""
    /// Whether it counts for the answer to a push.
    public var isRequired = true
    /// Whether a reload has taken it out: nothing enters any more, and what is queued is still delivered.
    public var isLeaving = false
    /// What it does with what it is sent.
    public var state = State.idle
    /// Whether pushes are answered 202 at once because of it (contract A2).
    public var isFailing = false
    /// Why it is not delivering, and since when: one line of visible ASCII.
    public var why: String?
    /// The last answer that was not 2xx, or the last failure.
    public var lastTrouble: Trouble?
    /// When it last stored something, in ms since the epoch.
    public var lastDelivery: Int64?
    /// The version of remote write that is spoken: 1 or 2.
    public var protocolVersion = 1
    /// Whether it was to be version 2, and it does not know that.
    public var isFallback = false
    /// How many samples it has stored, and what became of others.
    public var counts = Counts()
    /// What waits.
    public var queue = QueueStatus()
    /// The last pushes that it will never store, the last one first.
    public var losses: [Loss] = []

    /// Samples since the start.
    public struct Counts: Sendable {
        /// Stored.
        public var delivered = 0
        /// Refused for good.
        public var refused = 0
        /// Answered 2xx for, and not said to be stored.
        public var unconfirmed = 0
        /// Not delivered when the process ended.
        public var lost = 0
        /// In requests that were sent again.
        public var retried = 0
        /// Too old, or more than the queue of one that is not required could hold.
        public var dropped = 0
    }

    /// What waits for a destination.
    public struct QueueStatus: Sendable {
        /// Bytes, as they are held.
        public var bytes = 0
        /// The most bytes that it may hold.
        public var limit = 1
        /// Samples, those under way among them.
        public var samples = 0
        /// In how many shards they wait.
        public var shards = 1
        /// When the oldest push that is not settled was received, in ms since the epoch.
        public var oldest: Int64?
    }

    package init() {}
}

/// A push, or a part of one, that a destination will never store.
public struct Loss: Sendable, Equatable {
    /// Why.
    public enum Kind: String, Sendable, CaseIterable {
        /// The destination refuses it.
        case refused
        /// The destination answered 2xx, and did not say that it stored all.
        case unconfirmed
        /// It was older than `sample_age_limit`.
        case expired
        /// The process ends.
        case lost
    }

    /// Milliseconds since the epoch.
    public var time: Int64
    /// Why.
    public var kind: Kind
    /// Pushed text, cut.
    public var job: String
    /// How many samples it had.
    public var samples: Int
    /// The status of the answer; 0 where there was none.
    public var status = 0
    /// The destination's words, at most 512 bytes.
    public var words = ""
    /// Whether the pusher was still waiting, and so was told.
    public var isTold = false

    package init(time: Int64, kind: Kind, job: String, samples: Int) {
        self.time = time
        self.kind = kind
        self.job = job
        self.samples = samples
    }
}
