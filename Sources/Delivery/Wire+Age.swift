import Logging
import Settings
import Telemetry

// `sample_age_limit`: what has become too old is dropped when it would be sent, and counted.
extension Wire {
    /// Drops the samples that are older than the limit from what would be sent next.
    mutating func dropAged(now: ContinuousClock.Instant) {
        let limit = destination.queue.sampleAgeLimit
        guard limit > .zero, let wall = moment(now).wall else { return }
        let (seconds, attoseconds) = limit.components
        let oldest = wall - (seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
        dropAgedAside(before: oldest)
        dropAgedInHand(before: oldest, now: now)
    }

    private mutating func dropAgedInHand(before time: Int64, now: ContinuousClock.Instant) {
        let old = machine.piece?.filter { shipment.entries[$0].earliestTimestamp < time } ?? []
        guard !old.isEmpty else { return }
        let held = shipment.held
        var gone: Set<Int> = []
        for push in old {
            let entry = shipment.entries[push]
            let samples = shipment.age(push, before: time)
            count(aged: samples, of: entry)
            let isGone = shipment.entries[push].samples == 0
            if isGone { gone.insert(push) }
            // Of a push that goes on nobody is told what it lacks.
            remember(.expired, (entry.job, samples), nil, isTold: isGone && expire(entry))
        }
        destination.budget.release(held - shipment.held)
        _ = machine.remove(where: gone.contains)
        sortOut()
        narrow(now: now)
    }

    private mutating func dropAgedAside(before time: Int64) {
        for aside in asides.indices {
            while let push = asides[aside].pushes.first, push.entry.latestTimestamp < time {
                asides[aside].pushes.removeFirst()
                destination.budget.release(push.held)
                count(aged: push.entry.samples, of: push.entry)
                remember(.expired, (push.entry.job, push.entry.samples), nil, isTold: expire(push.entry))
            }
        }
        asides.removeAll { $0.pushes.isEmpty }
    }

    private func count(aged samples: Int, of entry: Batch.Entry) {
        destination.metrics.samplesDropped.add("age", samples)
        destination.metrics.samplesPending.add(-samples)
        shard.capacity.release(samples)
        destination.report(now: .now) { logger in
            logger.warning(
                "samples too old",
                metadata: ["job": "\(entry.job)", "samples": "\(samples)", "limit": "sample_age_limit"])
        }
    }

    /// Settles a push, or a part of one, of which nothing is left; other parts go on, as the rest of a push does.
    ///
    /// - Returns: whether a pusher was waiting and was told.
    private func expire(_ entry: Batch.Entry) -> Bool {
        let isLast = entry.parts?.deliver(samples: 0) ?? true
        guard isLast else { return false }
        guard entry.parts?.stored == nil else {
            entry.acknowledgement.deliver(by: destination)?.wake()
            return false
        }
        return entry.acknowledgement.fail(.expired(destination: destination.name), by: destination)
    }
}
