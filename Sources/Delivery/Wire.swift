import RemoteWrite
import Settings
import Synchronization
import Telemetry

/// The sending side of one shard: what it wants sent, and what the answers come to.
///
/// Owned by one thread. It has one request in flight at a time; between `.send` and `completed` it is not asked.
public struct Wire: Sendable {
    let destination: Destination
    let shard: Shard
    var machine: DeliveryStateMachine
    var shipment = Shipment()
    /// What is suspected of its failures, and tried by itself.
    var asides: [Aside] = []
    /// Which of them has a request in flight.
    var asideInFlight: Int?
    var suspicion = Suspicion()
    /// When the request in flight was asked for.
    var sentAt: ContinuousClock.Instant?
    let index: Int
    private let wallClock: (@Sendable () -> Int64)?
    /// From 0 to 1, for the jitter of the back-off.
    let random: @Sendable () -> Double

    init(
        _ destination: Destination, shard index: Int, wallClock: (@Sendable () -> Int64)?,
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.destination = destination
        self.index = index
        self.wallClock = wallClock
        self.random = random
        shard = destination.shards[index]
        machine = DeliveryStateMachine(backoff: destination.backoff)
    }

    /// What to do now.
    ///
    /// To be asked after a wake, at the time it gave, and after any wire of the destination has completed a request.
    public mutating func next(now: ContinuousClock.Instant) -> Action {
        dropAged(now: now)
        var isFinished = false
        while machine.isEmpty, !isFinished {
            switch shard.take() {
            case .batch(let batch):
                load(batch, now: now)
                dropAged(now: now)
            case .nothing where asides.isEmpty:
                publishOldest()
                return .idle
            case .finished where asides.isEmpty:
                publishOldest()
                return .finished
            case .nothing, .finished: isFinished = true
            }
        }
        publishOldest()
        let aside = asides.indices.min { asides[$0].due < asides[$1].due }
        if let aside, asides[aside].due <= now { return sendAside(aside, now: now) }
        guard !machine.isEmpty else { return aside.map { .wait(until: asides[$0].due) } ?? .idle }
        if let until = machine.waits(at: now) ?? destination.begin(wire: index, at: moment(now)) {
            return .wait(until: min(until, aside.map { asides[$0].due } ?? until))
        }
        if shipment.isForeign(to: destination.version) { narrow(now: now) }
        let (pushes, attempt) = machine.send()
        sentAt = now
        return .send(
            OutboundRequest(
                body: shipment.body, samples: shipment.samples(pushes), version: shipment.bodyVersion, attempt: attempt)
        )
    }

    /// Learns what came of the request that was to be sent.
    public mutating func completed(_ response: Response, now: ContinuousClock.Instant) {
        count(response, now: now)
        if restates(response, now: now) { return }
        let verdict = Verdict(response, retriesOn429: destination.queue.retryOnHTTP429)
        let isAside = asideInFlight != nil
        destination.complete(wire: index, response, verdict, isAside: isAside, at: moment(now))
        if isAside { return completedAside(response, verdict, now: now) }
        let isSuspect = suspicion.judges(response, by: destination.health.withLock(\.tally), asides: asides.count)
        let random = random
        switch machine.completed(verdict, isSuspect: isSuspect, now: now, jitter: random()) {
        case .delivered(let pushes):
            deliver(pushes, response, now: now)
        case .refused(let push):
            refuse(push, response, now: now)
        case .oversized(let push):
            divide(push, response, now: now)
        case .suspected(let push):
            putAside(push, now: now)
        case .halved:
            notePartial(response)
        case .retried(let pushes), .held(let pushes):
            destination.metrics.samplesRetried.add(shipment.samples(pushes))
            return
        }
        narrow(now: now)
    }

    /// Counts an attempt, and how long it took.
    private mutating func count(_ response: Response, now: ContinuousClock.Instant) {
        guard response.isAnswerToAttempt else { return }
        destination.metrics.requests.add(response.code)
        if let sentAt { destination.metrics.requestDurations.record(now - sentAt) }
        sentAt = nil
    }

    /// Whether a request of version 2 was not understood, and the same is sent next as version 1.
    private mutating func restates(_ response: Response, now: ContinuousClock.Instant) -> Bool {
        let sent = asideInFlight.map { asides[$0].sent.version } ?? shipment.bodyVersion
        guard destination.isMisunderstood(response, to: sent) else { return false }
        // It is an answer, and no failure.
        destination.complete(wire: index, response, .refused, at: moment(now))
        if asideInFlight == nil { machine.restate() }
        asideInFlight = nil
        return true
    }

    /// Gives up what is not settled: the time to drain is over, or the process ends.
    ///
    /// - Returns: the samples that are lost by that, at a destination that is required.
    public mutating func abandon(now: ContinuousClock.Instant) -> Int {
        let entries = machine.open.map { shipment.entries[$0] } + asides.flatMap { $0.pushes.map(\.entry) }
        machine.abandon()
        destination.budget.release(shipment.held + asides.reduce(0) { $0 + $1.held })
        asides = []
        asideInFlight = nil
        var lost = Lost()
        lose(entries, &lost)
        _ = shipment.unload()
        while case .batch(let batch) = shard.take() {
            destination.budget.release(batch.held)
            lose(batch.entries, &lost)
        }
        report(lost)
        return destination.isRequired ? lost.samples : 0
    }

    /// Learns that the destination's settings have changed: what waits for its next attempt is tried at once.
    public mutating func renew(now: ContinuousClock.Instant) {
        machine.renew(destination.backoff)
        for index in asides.indices { asides[index].renew(destination.backoff, now: now) }
    }

    private mutating func load(_ batch: Batch, now: ContinuousClock.Instant) {
        let held = batch.held
        shipment.load(batch)
        destination.budget.release(held - shipment.held)
        machine.begin(pushes: shipment.entries.count)
        suspicion = Suspicion(tally: destination.health.withLock(\.tally))
        sortOut()
        if machine.piece != 0..<shipment.entries.count { narrow(now: now) }
    }

    /// Makes the body that holds the piece which is next, where only a piece of the batch is, or that is to be version 1.
    mutating func narrow(now: ContinuousClock.Instant) {
        guard let whole = machine.piece else { return }
        let (held, version) = (shipment.held, destination.version)
        // Without symbols that they share, series may be too large together.
        if shipment.version != version, shipment.version == .v2 {
            while let piece = machine.piece, shipment.size(transcoding: piece) > shard.limits.bytes, split(piece) {}
        }
        shipment.narrow(to: machine.piece ?? whole, as: version) { [destination] in destination.tells($0, at: now) }
        destination.budget.release(held - shipment.held)
    }

    /// Makes several of the piece that is next, or of the one push in it; false where that is a single series.
    private mutating func split(_ piece: Range<Int>) -> Bool {
        if piece.count > 1 {
            machine.halve()
            return true
        }
        let count = shipment.divide(piece.lowerBound)
        if count > 1 { machine.divide(piece.lowerBound, into: count) }
        return count > 1
    }

    func moment(_ now: ContinuousClock.Instant) -> Health.Moment {
        Health.Moment(instant: now, wall: wallClock?())
    }
}
