import Compression
public import Logging
import RemoteWrite
public import Settings
import Synchronization
public import Telemetry

/// A place that samples are delivered to: its shards, its budget of bytes, its health.
public final class Destination: Sendable {
    /// The name in logs, metrics and answers.
    public let name: String
    /// How it is configured now.
    let current: Mutex<DestinationSettings>

    let metrics: DestinationMetrics
    let logger: Logger
    let shards: [Shard]
    let budget: Budget
    let health: Mutex<Health>
    /// What is remembered of its answers.
    let course = Mutex(Course())
    /// The version of the protocol that is spoken.
    let negotiation: Mutex<Negotiation>
    /// What version 1 has been told of families whose pushes are version 2.
    let sentFamilies: Mutex<SentFamilies>
    /// Whether a reload has taken it out: nothing enters any more, and no answer to a push depends on it.
    let isLeaving = Atomic(false)
    /// How the destination was last said to be.
    let reported = Mutex(Report.well)
    private let drainRate = Mutex(DrainRate())
    private let lineRate = Mutex(LineRate())

    /// A destination with empty queues.
    ///
    /// - Parameter acknowledgeTimeout: an attempt that has had no answer for so long makes the destination failing.
    public init(
        settings: DestinationSettings, acknowledgeTimeout: Duration, metrics: DestinationMetrics, logger: Logger
    ) {
        current = Mutex(settings)
        name = settings.displayName
        self.metrics = metrics
        var logger = logger
        logger[metadataKey: "destination"] = "\(settings.displayName)"
        self.logger = logger
        let limits = Shard.Limits(samples: settings.queue.maxSamplesPerSend, capacity: settings.queue.capacity)
        shards = (0..<max(1, settings.queue.shards)).map { _ in Shard(limits: limits) }
        budget = Budget(limit: settings.queue.maxQueueSize.bytes, gauge: metrics.bytesPending)
        health = Mutex(Health(wires: shards.count, answerTimeout: acknowledgeTimeout))
        let version = OutboundProfile(settings).version
        negotiation = Mutex(Negotiation(version))
        sentFamilies = Mutex(SentFamilies(settings.metadata))
        metrics.shards.set(shards.count)
        metrics.shardCapacity.set(settings.queue.capacity)
        metrics.protocolVersion.set(version == .v1 ? 1 : 2)
    }

    /// The sending sides of the shards, each for one owner; to be made once.
    ///
    /// - Parameter wallClock: milliseconds since the epoch, so that reasons can say since when; nil: they do not.
    public func makeWires(wallClock: (@Sendable () -> Int64)? = nil) -> [Wire] {
        shards.indices.map { Wire(self, shard: $0, wallClock: wallClock) }
    }

    /// `<name>: <why, since when>` while the destination is failing; one line of visible ASCII.
    func failing(at now: ContinuousClock.Instant) -> String? {
        health.withLock { $0.failing(at: now) }.map { Message.line("\(name): \($0)") }
    }

    /// `<name>: <what is known>` of a destination that is not failing.
    var whySlow: String { Message.line("\(name): \(health.withLock { $0.slow })") }

    /// The seconds after which a push that does not fit now may (contract A6).
    ///
    /// Room for one push is gone at once when many wait, so an eighth of the queue is to be free by then.
    func secondsUntilRoom(for bytes: Int, now: ContinuousClock.Instant) -> Int {
        let missing = max(budget.held + bytes - budget.limit, budget.limit / 8)
        // Before anything has left: at once, unless there is no hope of that.
        return drainRate.withLock { $0.seconds(toFree: missing, now: now) } ?? (failing(at: now) == nil ? 1 : 60)
    }

    // MARK: - For its wires

    /// Gives the bytes of a batch that has left for good back, and notes how fast the queue empties.
    func drained(_ bytes: Int, now: ContinuousClock.Instant) {
        budget.release(bytes)
        drainRate.withLock { $0.left(bytes, now: now) }
    }

    /// Remembers the latest time among delivered samples; only wires call it, which share a thread.
    func noteSent(_ timestamp: Int64) {
        guard timestamp != .min else { return }
        metrics.highestSentTimestamp.set(max(metrics.highestSentTimestamp.value, Int(timestamp)))
    }

    /// Asks for leave to make an attempt; nil, or when to ask again.
    func begin(wire: Int, at moment: Health.Moment) -> ContinuousClock.Instant? {
        health.withLock { $0.begin(wire: wire, at: moment) }
    }

    /// Learns how an attempt ended.
    ///
    /// - Parameter isAside: it was made with a push that is suspected itself; that it fails says nothing of the destination.
    func complete(
        wire: Int, _ response: Response, _ verdict: Verdict, isAside: Bool = false, at moment: Health.Moment
    ) {
        if current.withLock({ $0.failedRequestLogging }), verdict != .delivered {
            logger.debug("request failed", metadata: ["answer": "\(response.summary)"])
        }
        health.withLock { health in
            switch verdict {
            // A destination that judges the data answers as it should.
            case .delivered, .refused, .tooLarge: health.succeed(wire: wire, at: moment)
            case .retry where isAside: health.ignore(wire: wire)
            case .retry: health.fail(wire: wire, because: response.summary, at: moment)
            case .misconfigured: health.hold(wire: wire, because: response.whatToMend, at: moment)
            }
        }
        course.withLock { $0.note(response, verdict, wall: moment.wall) }
        reviewHealth(at: moment.instant)
    }

    /// The back-off of its wires.
    var backoff: Backoff {
        let queue = queue
        return Backoff(from: queue.minBackoff, to: queue.maxBackoff)
    }

    /// Logs something that may come in floods: at most one line a second, after the first few.
    func report(now: ContinuousClock.Instant, _ line: (Logger) -> Void) {
        guard let leftOut = lineRate.withLock({ $0.line(at: now) }) else { return }
        var logger = logger
        if leftOut > 0 { logger[metadataKey: "left_out"] = "\(leftOut)" }
        line(logger)
    }

    func shard(of group: UInt64) -> Shard {
        // The low bits choose the group's slot among the receipt times; multiplied, all bits count here.
        shards[Int((group &* 0x9e37_79b9_7f4a_7c15) >> 32) % shards.count]
    }
}
