import Logging
import Telemetry

/// What the answers come to: counters first, then the acknowledgements, so that who is told finds the counters moved.
extension Wire {
    mutating func deliver(_ pushes: Range<Int>, now: ContinuousClock.Instant) {
        let samples = shipment.samples(pushes)
        let metrics = destination.metrics
        metrics.samplesDelivered.add(samples)
        metrics.histogramsDelivered.add(shipment.entries[pushes].reduce(0) { $0 + $1.histograms })
        metrics.exemplarsDelivered.add(shipment.entries[pushes].reduce(0) { $0 + $1.exemplars })
        metrics.samplesPending.add(-samples)
        metrics.bytesDelivered.add(shipment.body.count)
        destination.noteSent(shipment.latestTimestamp(pushes))
        settle(now: now) { [destination] entries in
            for entry in entries[pushes] { entry.acknowledgement.deliver(by: destination) }
        }
    }

    mutating func refuse(_ push: Int, _ response: Response, now: ContinuousClock.Instant) {
        guard case .status(let status, let message, _) = response else { return }
        let excerpt = Message.excerpt(message)
        settle(now: now) { [self] entries in
            let entry = entries[push]
            count(entry.samples, failed: "refused")
            destination.logger.warning(
                "push refused",
                metadata: [
                    "job": "\(entry.job)", "status": "\(status)", "samples": "\(entry.samples)",
                    "message": "\(excerpt)",
                ])
            entry.acknowledgement.fail(.refused(destination: destination.name, status: status, message: excerpt))
        }
    }

    /// Counts, logs and settles pushes that nobody will deliver any more.
    ///
    /// - Returns: how many samples they have.
    func lose(_ entries: ArraySlice<Batch.Entry>) -> Int {
        let jobs = Dictionary(grouping: entries, by: \.job)
        for (job, entries) in jobs {
            let samples = entries.reduce(0) { $0 + $1.samples }
            count(samples, failed: "lost")
            destination.logger.warning(
                "pushes lost", metadata: ["job": "\(job)", "pushes": "\(entries.count)", "samples": "\(samples)"])
        }
        for entry in entries { entry.acknowledgement.fail(.lost) }
        return entries.reduce(0) { $0 + $1.samples }
    }

    /// Settles pushes of the batch; of the whole batch, its bytes are given back before, its memory after.
    private mutating func settle(now: ContinuousClock.Instant, _ body: ([Batch.Entry]) -> Void) {
        if machine.isEmpty { destination.drained(shipment.held, now: now) }
        body(shipment.entries)
        if machine.isEmpty { shard.recycle(shipment.unload()) }
    }

    private func count(_ samples: Int, failed reason: String) {
        destination.metrics.samplesFailed.add(reason, samples)
        destination.metrics.samplesPending.add(-samples)
    }
}
