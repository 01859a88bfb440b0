import Logging
import Settings
import Synchronization
import Telemetry

// Poison in 5xx clothing: the failing push is tried aside, and only its own group waits.
extension Wire {
    /// Takes a push out of the batch, and what is behind it of its group.
    mutating func putAside(_ push: Int, now: ContinuousClock.Instant) {
        let entry = shipment.entries[push]
        destination.health.withLock { health in
            if suspicion.isProven(by: health.tally) { health.pardon() }
        }
        let taken = message(of: push)
        asides.append(Aside(taken, backoff: destination.backoff, now: now, jitter: random()))
        destination.budget.release(-taken.held)
        destination.logger.warning(
            "push fails where others do not, and is tried by itself",
            metadata: ["job": "\(entry.job)", "samples": "\(entry.samples)"])
        _ = machine.remove { $0 == push }
        sortOut()
    }

    /// Takes out of the batch what is not to be sent with it: parts of a push that is over, and what belongs behind a
    /// push that is aside.
    mutating func sortOut() {
        dropOver()
        if !asides.isEmpty {
            let (entries, asides) = (shipment.entries, asides)
            let waiting = machine.remove { push in asides.contains { $0.group == entries[push].group } }
            for push in waiting { queueAside(push) }
        }
        if machine.isEmpty { letGo() }
    }

    private mutating func queueAside(_ push: Int) {
        let group = shipment.entries[push].group
        guard let index = asides.firstIndex(where: { $0.group == group }) else { return }
        let moved = message(of: push)
        asides[index].pushes.append(moved)
        destination.budget.release(-moved.held)
    }

    /// A push of the batch by itself, which may have to be decompressed for that.
    private mutating func message(of push: Int) -> Aside.Push {
        let held = shipment.held
        defer { destination.budget.release(held - shipment.held) }
        return shipment.message(of: push)
    }

    /// Tries the first push of those aside.
    mutating func sendAside(_ aside: Int, now: ContinuousClock.Instant) -> Action {
        if let until = destination.begin(wire: index, at: moment(now)) { return .wait(until: until) }
        asideInFlight = aside
        sentAt = now
        let samples = asides[aside].pushes.first?.entry.samples ?? 0
        let body = asides[aside].makeBody(as: destination.version) { [destination] in destination.tells($0, at: now) }
        return .send(
            OutboundRequest(
                body: body, samples: samples, version: asides[aside].sent.version, attempt: asides[aside].attempt))
    }

    /// Learns what came of a push that was tried aside.
    mutating func completedAside(_ response: Response, _ verdict: Verdict, now: ContinuousClock.Instant) {
        guard let aside = asideInFlight else { return }
        asideInFlight = nil
        switch verdict {
        case .tooLarge:
            let held = asides[aside].held
            let count = asides[aside].divide(now: now)
            destination.budget.release(held - asides[aside].held)
            if count == 1 { settleAside(aside, response, isStored: false, now: now) }
        case .delivered, .refused:
            settleAside(aside, response, isStored: verdict == .delivered, now: now)
        case .retry(let after):
            destination.metrics.samplesRetried.add(asides[aside].pushes.first?.entry.samples ?? 0)
            asides[aside].again(after: after, now: now, jitter: random())
        case .misconfigured:
            asides[aside].again(after: nil, now: now, jitter: random())
        }
    }

    /// The first push of those aside is stored, or refused: the next of its group is tried.
    private mutating func settleAside(
        _ aside: Int, _ response: Response, isStored: Bool, now: ContinuousClock.Instant
    ) {
        let sent = asides[aside].sent
        let push = asides[aside].advance(now: now)
        destination.drained(push.held, now: now)
        if isStored {
            destination.metrics.bytesDelivered.add(sent.bytes)
            settle([push.entry], response, sent.version)
        } else {
            refuse(push.entry, response, sent.version)
        }
        dropRestAside(aside)
        if asides[aside].pushes.isEmpty { asides.remove(at: aside) }
    }

    /// Drops the parts of a push that is over.
    private mutating func dropRestAside(_ aside: Int) {
        for push in asides[aside].pushes where push.entry.parts?.isOver ?? false {
            destination.budget.release(push.held)
            dropRest(push.entry)
        }
        asides[aside].pushes.removeAll { $0.entry.parts?.isOver ?? false }
    }
}
