import RemoteWrite
import Settings
import Synchronization
import Telemetry

extension Destination {
    /// How it is doing.
    public func status(at now: ContinuousClock.Instant) -> DestinationStatus {
        let (course, health) = (course.withLock { $0 }, health.withLock { $0 })
        var status = DestinationStatus()
        status.name = name
        status.url = settings.redactedURL
        status.isLeaving = isLeaving.load(ordering: .relaxed)
        status.isRequired = isRequired
        let failing = health.failing(at: now)
        status.isFailing = failing != nil && !status.isLeaving
        status.why = (failing ?? health.trouble).map { Message.line($0) }
        status.state = state(course, health, isFailing: failing != nil)
        status.lastTrouble = course.lastTrouble
        status.lastDelivery = course.lastDelivery
        status.losses = course.losses.latestFirst
        status.protocolVersion = version == .v1 ? 1 : 2
        status.isFallback = version != OutboundProfile(settings).version
        status.counts = counts
        status.queue = fill
        return status
    }

    private func state(_ course: Course, _ health: Health, isFailing: Bool) -> DestinationStatus.State {
        if health.isHeld { return .holding }
        if isFailing || health.trouble != nil { return .backingOff }
        if course.isRefusing { return .refusing }
        return course.lastDelivery == nil ? .idle : .delivering
    }

    private var counts: DestinationStatus.Counts {
        var counts = DestinationStatus.Counts()
        counts.delivered = metrics.samplesDelivered.value
        counts.retried = metrics.samplesRetried.value
        let (failed, dropped) = (metrics.samplesFailed.values, metrics.samplesDropped.values)
        counts.refused = failed["refused", default: 0]
        counts.unconfirmed = failed["unconfirmed", default: 0]
        counts.lost = failed["lost", default: 0]
        counts.dropped = dropped["age", default: 0] + dropped["not_required_full", default: 0]
        return counts
    }

    private var fill: DestinationStatus.QueueStatus {
        var queue = DestinationStatus.QueueStatus()
        queue.bytes = budget.held
        queue.limit = budget.limit
        queue.samples = metrics.samplesPending.value
        queue.shards = shards.count
        queue.oldest = shards.lazy.compactMap(\.oldest).min()
        return queue
    }
}
