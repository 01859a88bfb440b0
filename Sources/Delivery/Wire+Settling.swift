import Logging
import Telemetry

/// What the answers come to: counters first, then the acknowledgements, so that who is told finds the counters moved.
extension Wire {
    mutating func deliver(_ pushes: Range<Int>, now: ContinuousClock.Instant) {
        let entries = shipment.entries[pushes]
        destination.metrics.bytesDelivered.add(shipment.body.count)
        for entry in entries { count(delivered: entry) }
        if machine.isEmpty { destination.drained(shipment.held, now: now) }
        for entry in entries { acknowledge(entry) }
        if machine.isEmpty { shard.recycle(shipment.unload()) }
    }

    /// A push that was tried aside is stored.
    func stored(_ entry: Batch.Entry, bytes: Int) {
        destination.metrics.bytesDelivered.add(bytes)
        count(delivered: entry)
        acknowledge(entry)
    }

    mutating func refuse(_ push: Int, _ response: Response, now: ContinuousClock.Instant) {
        let entry = shipment.entries[push]
        entry.parts?.end()
        dropOver()
        if machine.isEmpty { destination.drained(shipment.held, now: now) }
        refuse(entry, response)
        if machine.isEmpty { shard.recycle(shipment.unload()) }
    }

    /// Settles a push that its destination refuses for good; the rest of it is not sent.
    func refuse(_ entry: Batch.Entry, _ response: Response) {
        guard case .status(let status, let message, _) = response else { return }
        var excerpt = Message.excerpt(message)
        entry.parts?.end()
        count(entry.samples, failed: "refused")
        destination.report(now: .now) { logger in
            logger.warning(
                "push refused",
                metadata: [
                    "job": "\(entry.job)", "status": "\(status)", "samples": "\(entry.samples)",
                    "message": "\(excerpt)",
                ])
        }
        guard destination.isRequired else { return }
        if let stored = entry.parts?.stored { excerpt += (excerpt.isEmpty ? "" : "; ") + stored }
        entry.acknowledgement.fail(.refused(destination: destination.name, status: status, message: excerpt))
    }

    /// Makes several of a push that is too large for the destination; a single series is refused.
    mutating func divide(_ push: Int, _ response: Response, now: ContinuousClock.Instant) {
        let held = shipment.held
        let count = shipment.divide(push)
        destination.budget.release(held - shipment.held)
        if count > 1 { return machine.divide(push, into: count) }
        _ = machine.remove { $0 == push }
        refuse(push, response, now: now)
    }

    /// Drops the parts of pushes that are over from the batch in hand.
    mutating func dropOver() {
        let entries = shipment.entries
        for push in machine.remove(where: { entries[$0].parts?.isOver ?? false }) { dropRest(entries[push]) }
    }

    /// A part of a push that is over is not sent.
    func dropRest(_ entry: Batch.Entry) { count(entry.samples, failed: "refused") }

    /// Gives back a batch of which nothing is left to be sent.
    mutating func letGo() {
        guard !shipment.entries.isEmpty else { return }
        destination.budget.release(shipment.held)
        shard.recycle(shipment.unload())
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
        if destination.isRequired {
            for entry in entries { entry.acknowledgement.fail(.lost) }
        }
        return entries.reduce(0) { $0 + $1.samples }
    }

    private func acknowledge(_ entry: Batch.Entry) {
        let isWhole = entry.parts?.deliver(samples: entry.samples) ?? true
        if isWhole, destination.isRequired { entry.acknowledgement.deliver(by: destination) }
    }

    private func count(delivered entry: Batch.Entry) {
        let metrics = destination.metrics
        metrics.samplesDelivered.add(entry.samples)
        metrics.histogramsDelivered.add(entry.histograms)
        metrics.exemplarsDelivered.add(entry.exemplars)
        metrics.samplesPending.add(-entry.samples)
        shard.capacity.release(entry.samples)
        destination.noteSent(entry.latestTimestamp)
    }

    private func count(_ samples: Int, failed reason: String) {
        destination.metrics.samplesFailed.add(reason, samples)
        destination.metrics.samplesPending.add(-samples)
        shard.capacity.release(samples)
    }
}
