import Logging
import RemoteWrite
import Telemetry

/// What the answers come to: counters first, then the acknowledgements, so that who is told finds the counters moved.
extension Wire {
    mutating func deliver(_ pushes: Range<Int>, _ response: Response, now: ContinuousClock.Instant) {
        let entries = shipment.entries[pushes]
        destination.metrics.bytesDelivered.add(shipment.body.count)
        let version = shipment.bodyVersion
        if Shortfall(of: entries, response, to: version).refuses(entries) {
            for entry in entries { entry.parts?.end() }
            dropOver()
        }
        if machine.isEmpty { destination.drained(shipment.held, now: now) }
        settle(entries, response, version)
        if machine.isEmpty { shard.recycle(shipment.unload()) }
    }

    /// Settles pushes that a destination has answered 2xx for.
    ///
    /// Where it confirms less than it was sent, a push alone is refused, and so are all where it confirms nothing. Otherwise
    /// nobody knows whose samples of several are missing: they count as delivered, as in Prometheus, and what is missing as
    /// failed.
    func settle(_ entries: ArraySlice<Batch.Entry>, _ response: Response, _ version: RemoteWriteVersion) {
        let missing = Shortfall(of: entries, response, to: version)
        count(delivered: entries, but: missing)
        guard missing != Shortfall() else { return acknowledge(entries) }
        destination.metrics.partialWrites.add()
        let samples = entries.reduce(0) { $0 + $1.samples }
        destination.report(now: .now) { logger in
            logger.error(
                "destination answered \(response.code) and did not confirm all that it was sent",
                metadata: [
                    "job": "\(entries.first?.job ?? "")", "pushes": "\(entries.count)", "samples": "\(samples)",
                    "missing": "\(missing.samples)", "missing_exemplars": "\(missing.exemplars)",
                ])
        }
        guard missing.refuses(entries) else {
            if missing.samples > 0 { remember(.unconfirmed, (entries.first?.job ?? "", missing.samples), response) }
            return acknowledge(entries)
        }
        for entry in entries { refuse(entry, response, stored: samples - missing.samples) }
    }

    /// Tells a pusher that a destination that answered 2xx has confirmed so many of the samples.
    private func refuse(_ entry: Batch.Entry, _ response: Response, stored: Int) {
        entry.parts?.note(stored: stored)
        entry.parts?.end()
        var message = "destination confirmed \(stored) of \(entry.samples)"
        if let stored = entry.parts?.stored { message += "; " + stored }
        let isTold = entry.acknowledgement.fail(
            .refused(destination: destination.name, status: response.code, message: message), by: destination)
        remember(.unconfirmed, (entry.job, entry.samples - stored), response, isTold: isTold)
    }

    /// Counts and logs that a destination has stored a part of a request that it refuses; the parts of it come again, and
    /// what is stored already is stored again, which changes nothing.
    func notePartial(_ response: Response) {
        guard let written = response.written, written.samples + written.histograms > 0 else { return }
        destination.metrics.partialWrites.add()
        destination.report(now: .now) { logger in
            logger.warning(
                "destination stored a part of a request and refused the rest",
                metadata: [
                    "status": "\(response.code)", "samples": "\(written.samples)",
                    "histograms": "\(written.histograms)",
                ])
        }
    }

    mutating func refuse(_ push: Int, _ response: Response, now: ContinuousClock.Instant) {
        let entry = shipment.entries[push]
        entry.parts?.end()
        dropOver()
        if machine.isEmpty { destination.drained(shipment.held, now: now) }
        refuse(entry, response, shipment.bodyVersion)
        if machine.isEmpty { shard.recycle(shipment.unload()) }
    }

    /// Settles a push that its destination refuses for good; the rest of it is not sent.
    func refuse(_ entry: Batch.Entry, _ response: Response, _ version: RemoteWriteVersion) {
        guard case .status(let status, let message, _, let written) = response else { return }
        var excerpt = Message.excerpt(message)
        entry.parts?.end()
        let missing = Shortfall(of: [entry], response, to: version)
        let stored = version == .v2 && written != nil ? entry.samples - missing.samples : 0
        if stored > 0 { notePartial(response) }
        countPart(of: entry, stored: stored, missing)
        destination.report(now: .now) { logger in
            logger.warning(
                "push refused",
                metadata: [
                    "job": "\(entry.job)", "status": "\(status)", "samples": "\(entry.samples)",
                    "message": "\(excerpt)",
                ])
        }
        let parts = entry.parts ?? Parts(count: 1, samples: entry.samples)
        parts.note(stored: stored)
        if let stored = parts.stored { excerpt += (excerpt.isEmpty ? "" : "; ") + stored }
        let isTold = entry.acknowledgement.fail(
            .refused(destination: destination.name, status: status, message: excerpt), by: destination)
        remember(.refused, (entry.job, entry.samples - stored), response, isTold: isTold)
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

    private func acknowledge(_ entries: ArraySlice<Batch.Entry>) {
        var addressees = Addressees()
        for entry in entries {
            let isWhole = entry.parts?.deliver(samples: entry.samples) ?? true
            guard isWhole else { continue }
            addressees.insert(entry.acknowledgement.deliver(by: destination))
        }
        addressees.wake()
    }

    private func count(delivered entries: ArraySlice<Batch.Entry>, but missing: Shortfall) {
        let metrics = destination.metrics
        let samples = entries.reduce(0) { $0 + $1.samples }
        metrics.samplesDelivered.add(samples - missing.samples)
        if missing.samples > 0 { metrics.samplesFailed.add("unconfirmed", missing.samples) }
        metrics.histogramsDelivered.add(entries.reduce(0) { $0 + $1.histograms } - missing.histograms)
        metrics.exemplarsDelivered.add(entries.reduce(0) { $0 + $1.exemplars } - missing.exemplars)
        metrics.samplesPending.add(-samples)
        shard.capacity.release(samples)
        for entry in entries { destination.noteSent(entry.latestTimestamp) }
    }

    /// Counts a push that is refused, and of which so many samples are stored.
    private func countPart(of entry: Batch.Entry, stored: Int, _ missing: Shortfall) {
        if stored > 0 {
            destination.metrics.samplesDelivered.add(stored)
            destination.metrics.histogramsDelivered.add(entry.histograms - missing.histograms)
            destination.metrics.exemplarsDelivered.add(entry.exemplars - missing.exemplars)
            destination.metrics.samplesPending.add(-stored)
            shard.capacity.release(stored)
        }
        count(entry.samples - stored, failed: "refused")
    }

    func count(_ samples: Int, failed reason: String) {
        destination.metrics.samplesFailed.add(reason, samples)
        destination.metrics.samplesPending.add(-samples)
        shard.capacity.release(samples)
    }
}
