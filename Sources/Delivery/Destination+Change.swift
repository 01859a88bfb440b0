import Logging
import RemoteWrite
public import Settings
import Synchronization
import Telemetry

// What a reload may change of a destination that lives on.
extension Destination {
    /// How it is configured now; its URL may hold a password and is not for showing.
    public var settings: DestinationSettings { current.withLock { $0 } }

    /// Whether it counts for the answer to a push.
    public var isRequired: Bool { current.withLock { $0.required } }

    /// What waits, and for how long.
    var queue: Queue { current.withLock { $0.queue } }

    /// The samples that were lost at the end.
    public var samplesLost: Int { metrics.samplesFailed.values["lost"] ?? 0 }

    /// The samples that it has not answered for yet.
    public var samplesPending: Int { metrics.samplesPending.value }

    /// Puts other settings in force; what is queued stays, in its order, and goes where these say.
    ///
    /// The number of shards stays: with another one, the pushes of a group would overtake each other. To be called on the
    /// thread of the wires, which are renewed after that.
    ///
    /// - Parameter acknowledgeTimeout: an attempt that has had no answer for so long makes the destination failing.
    public func change(to settings: DestinationSettings, acknowledgeTimeout: Duration, now: ContinuousClock.Instant) {
        let before = current.withLock { current in
            defer { current = settings }
            return current
        }
        health.withLock { health in
            health.answerTimeout = acknowledgeTimeout
            if settings != before { health.renew(at: now) }
        }
        if settings.queue.shards != shards.count {
            logger.warning(
                "the number of shards stays as it is until a restart",
                metadata: ["shards": "\(shards.count)", "configured": "\(settings.queue.shards)"])
        }
        guard settings != before else { return }
        budget.limit = settings.queue.maxQueueSize.bytes
        let limits = Shard.Limits(samples: settings.queue.maxSamplesPerSend, capacity: settings.queue.capacity)
        for shard in shards { shard.limits = limits }
        metrics.shardCapacity.set(settings.queue.capacity)
        if settings.metadata != before.metadata { sentFamilies.withLock { $0 = SentFamilies(settings.metadata) } }
        guard settings.url != before.url || settings.protobufMessage != before.protobufMessage else { return }
        // Another server may know what this one did not.
        let version = OutboundProfile(settings).version
        negotiation.withLock { $0 = Negotiation(version) }
        metrics.protocolVersion.set(version == .v1 ? 1 : 2)
        sentFamilies.withLock { $0 = SentFamilies(settings.metadata) }
    }

    /// Takes pushes.
    func open() {
        for shard in shards { shard.open() }
    }

    /// Takes no more pushes.
    func close() {
        for shard in shards { shard.close() }
    }
}
