import Settings
import Telemetry

/// The sending side of one shard: what it wants sent, and what the answers come to.
///
/// Owned by one thread. It has one request in flight at a time; between `.send` and `completed` it is not asked.
public struct Wire: Sendable {
    let destination: Destination
    let shard: Shard
    var machine: DeliveryStateMachine
    var shipment = Shipment()
    private let index: Int
    private let wallClock: (@Sendable () -> Int64)?
    /// From 0 to 1, for the jitter of the back-off.
    private let random: @Sendable () -> Double

    init(
        _ destination: Destination, shard index: Int, wallClock: (@Sendable () -> Int64)?,
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.destination = destination
        self.index = index
        self.wallClock = wallClock
        self.random = random
        shard = destination.shards[index]
        let queue = destination.settings.queue
        machine = DeliveryStateMachine(backoff: Backoff(from: queue.minBackoff, to: queue.maxBackoff))
    }

    /// What to do now.
    ///
    /// To be asked after a wake, at the time it gave, and after any wire of the destination has completed a request.
    public mutating func next(now: ContinuousClock.Instant) -> Action {
        if machine.isEmpty {
            switch shard.take() {
            case .batch(let batch): load(batch)
            case .nothing: return .idle
            case .finished: return .finished
            }
        }
        if let until = machine.waits(at: now) ?? destination.begin(wire: index, at: moment(now)) {
            return .wait(until: until)
        }
        let (pushes, attempt) = machine.send()
        return .send(OutboundRequest(body: shipment.body, samples: shipment.samples(pushes), attempt: attempt))
    }

    /// Learns what came of the request that was to be sent.
    public mutating func completed(_ response: Response, now: ContinuousClock.Instant) {
        destination.metrics.requests.add(response.code)
        let verdict = Verdict(response)
        destination.complete(wire: index, response, verdict, at: moment(now))
        let random = random
        switch machine.completed(verdict, now: now, jitter: random()) {
        case .delivered(let pushes):
            deliver(pushes, now: now)
        case .refused(let push):
            refuse(push, response, now: now)
        case .halved:
            break
        case .retried(let pushes), .held(let pushes):
            destination.metrics.samplesRetried.add(shipment.samples(pushes))
            return
        }
        narrow()
    }

    /// Gives up what is not settled: the time to drain is over, or the process ends.
    ///
    /// - Returns: the samples that are lost by that.
    public mutating func abandon(now: ContinuousClock.Instant) -> Int {
        var lost = 0
        if let pushes = machine.unanswered {
            machine.abandon()
            destination.budget.release(shipment.held)
            lost += lose(shipment.entries[pushes])
            _ = shipment.unload()
        }
        while case .batch(let batch) = shard.take() {
            destination.budget.release(batch.held)
            lost += lose(batch.entries[...])
        }
        return lost
    }

    private mutating func load(_ batch: Batch) {
        let held = batch.held
        shipment.load(batch)
        destination.budget.release(held - shipment.held)
        machine.begin(pushes: shipment.entries.count)
    }

    /// After a refusal, what is left of the batch travels in pieces.
    private mutating func narrow() {
        guard let piece = machine.piece else { return }
        let held = shipment.held
        shipment.narrow(to: piece)
        destination.budget.release(held - shipment.held)
    }

    private func moment(_ now: ContinuousClock.Instant) -> Health.Moment {
        Health.Moment(instant: now, wall: wallClock?())
    }
}
