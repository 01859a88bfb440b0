public import RemoteWrite
import Synchronization
import Telemetry

/// The door to the queues of all destinations: a push enters every one of them, or none.
///
/// Bounded by bytes; never waits; any thread.
public final class Outbox: Sendable {
    /// Why a push was not taken.
    public enum Refusal: Error, Equatable {
        /// Another push of this group got in with a later or the same time of receipt: stamp and encode anew.
        case superseded
        /// A destination's queue has no room now; whole seconds from 1 to 60 until it may (contract A6).
        case full(destination: String, retryAfter: Int)
        /// The push would not fit an empty queue of this many bytes.
        case tooLarge(destination: String, limit: Int)
        /// The process is draining.
        case closed
    }

    /// Where pushes go; all are required.
    public let destinations: [Destination]

    /// What the destinations are sent: each profile that one of them has, once.
    public let profiles: [OutboundProfile]

    /// For each destination the index of its profile.
    private let profileIndices: [Int]

    private let transport: any Transport
    private let receiptTimes = ReceiptTimes()
    private let isClosed = Atomic(false)

    /// An outbox over destinations with empty queues.
    public init(destinations: [Destination], transport: any Transport) {
        self.destinations = destinations
        self.transport = transport
        var profiles: [OutboundProfile] = []
        profileIndices = destinations.map { destination in
            if let index = profiles.firstIndex(of: destination.profile) { return index }
            profiles.append(destination.profile)
            return profiles.count - 1
        }
        self.profiles = profiles
    }

    /// The samples that no destination has answered for yet, of all destinations together.
    public var pendingSamples: Int { destinations.reduce(0) { $0 + $1.metrics.samplesPending.value } }

    /// The destination whose queue holds the fewest bytes, and how many those are.
    public var smallestQueue: (destination: String, limit: Int)? {
        destinations.min { $0.budget.limit < $1.budget.limit }.map { ($0.name, $0.budget.limit) }
    }

    /// The time of receipt for a push of this group (contract B7).
    ///
    /// - Parameters:
    ///   - group: the hash of the grouping key.
    ///   - now: the wall clock, in ms since the epoch.
    /// - Returns: `now`, or 1 ms after the group's last where that is not later.
    public func receiptTime(group: UInt64, now: Int64) -> Int64 { receiptTimes.next(group: group, now: now) }

    /// Why pushes would not be answered in time: `<destination>: <why, since when>` of one that is failing (contract A2).
    ///
    /// - Returns: one line of visible ASCII; nil while no destination is failing.
    public func failing(at now: ContinuousClock.Instant) -> String? {
        for destination in destinations {
            if let why = destination.failing(at: now) { return why }
        }
        return nil
    }

    /// Copies a push, which has samples, into every destination's queue, or into none.
    ///
    /// - Parameter encodings: the push for each of `profiles`.
    public func offer(_ encodings: [EncodedPush], as offer: Offer) throws(Refusal) {
        var appended: [Shard.Appended] = []
        let isLatest = try receiptTimes.advance(group: offer.group, to: offer.receiptTime) { () throws(Refusal) in
            if isClosed.load(ordering: .acquiring) { throw .closed }
            try reserve(encodings)
            offer.acknowledgement.expect(destinations)
            for (destination, profile) in zip(destinations, profileIndices) {
                appended.append(destination.append(encodings[profile], offer))
            }
        }
        guard isLatest else { throw .superseded }
        finish(appended, group: offer.group)
    }

    /// Does what need not be done under the group's lock: wakes the transport, and seals what has filled.
    ///
    /// The wire of a batch that has filled is woken when that is sealed, so that the transport's one thread need not
    /// compress large pushes.
    private func finish(_ appended: [Shard.Appended], group: UInt64) {
        if appended.contains(where: { $0.needsWake && $0.filled == nil }) { transport.wake() }
        for (destination, appended) in zip(destinations, appended) {
            if let filled = appended.filled { destination.seal(filled, group: group) }
        }
        if appended.contains(where: { $0.needsWake && $0.filled != nil }) { transport.wake() }
    }

    /// Takes no more offers; the transport delivers what is queued.
    public func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // Who looked before that may still be appending.
        receiptTimes.barrier()
        for shard in destinations.lazy.flatMap(\.shards) { shard.close() }
        transport.wake()
    }

    /// Reserves a push's bytes in each destination's budget, or in none.
    private func reserve(_ encodings: [EncodedPush]) throws(Refusal) {
        let cost = { (index: Int) in encodings[self.profileIndices[index]].bytes.count + Batch.Entry.cost }
        for (index, destination) in destinations.enumerated() where !destination.budget.reserve(cost(index)) {
            for reserved in 0..<index { destinations[reserved].budget.release(cost(reserved)) }
            let bytes = cost(index)
            guard bytes <= destination.budget.limit else {
                throw .tooLarge(destination: destination.name, limit: destination.budget.limit)
            }
            let seconds = destination.secondsUntilRoom(for: bytes, now: .now)
            throw .full(destination: destination.name, retryAfter: seconds)
        }
    }
}
