public import Relabeling
public import RemoteWrite
public import Settings
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
        /// A reload has put another outbox in the place of this one: the push is to be made anew for that.
        case replaced
    }

    /// What becomes of a push at one destination.
    private struct Place {
        var load: Destination.Load
        /// Whether it enters the queue.
        var isTaken = false
        var appended = Shard.Appended()
    }

    /// Where pushes go.
    public let destinations: [Destination]

    /// What the destinations are sent: each profile that one of them has, once.
    public let profiles: [OutboundProfile]

    /// What series go through on the way: `OutboundProfile.relabeling` is an index of these.
    public let relabelers: [Relabeler?]

    /// Whether there is any relabelling.
    public var isRelabeling: Bool { relabelers.contains { $0 != nil } }

    /// All destinations, those of other configurations among them.
    public let roster: Roster

    /// For each destination the index of its profile.
    private let profileIndices: [Int]
    /// For each destination whether it counts for the answer to a push.
    private let isRequired: [Bool]
    /// Those that do.
    private let required: [Destination]
    private let isReplaced = Atomic(false)

    /// An outbox over new destinations, which join a roster of its own.
    ///
    /// - Parameter relabelings: what series go through on the way to each of them.
    public convenience init(
        destinations: [Destination], transport: any Transport, relabelings: Relabelings = Relabelings()
    ) {
        let roster = Roster(transport: transport)
        for destination in destinations { roster.join(destination) }
        self.init(roster, to: destinations.map { ($0, $0.settings) }, relabelings: relabelings)
    }

    /// An outbox over members of a roster.
    ///
    /// - Parameters:
    ///   - destinations: each with its settings in the configuration that the outbox is for.
    ///   - relabelings: what series go through on the way to each of them.
    public init(
        _ roster: Roster, to destinations: [(destination: Destination, settings: DestinationSettings)],
        relabelings: Relabelings = Relabelings()
    ) {
        self.roster = roster
        self.destinations = destinations.map(\.destination)
        relabelers = relabelings.relabelers
        var profiles: [OutboundProfile] = []
        profileIndices = destinations.enumerated().map { number, destination in
            var profile = OutboundProfile(destination.settings)
            profile.relabeling = relabelings.kind(ofDestination: number)
            if let index = profiles.firstIndex(of: profile) { return index }
            profiles.append(profile)
            return profiles.count - 1
        }
        self.profiles = profiles
        isRequired = destinations.map(\.settings.required)
        required = destinations.filter(\.settings.required).map(\.destination)
    }

    /// The samples that no destination has answered for yet, of all destinations together.
    public var pendingSamples: Int { destinations.reduce(0) { $0 + $1.metrics.samplesPending.value } }

    /// A required destination whose queue can never hold a push, and how many bytes that can.
    ///
    /// - Parameter sizes: the bytes of the push for each of `profiles`.
    public func queueTooSmall(for sizes: [Int]) -> (destination: String, limit: Int)? {
        for (index, destination) in destinations.enumerated()
        where isRequired[index] && sizes[profileIndices[index]] > destination.budget.limit {
            return (destination.name, destination.budget.limit)
        }
        return nil
    }

    /// The time of receipt for a push of this group (contract B7).
    ///
    /// - Parameters:
    ///   - group: the hash of the grouping key.
    ///   - now: the wall clock, in ms since the epoch.
    /// - Returns: `now`, or 1 ms after the group's last where that is not later.
    public func receiptTime(group: UInt64, now: Int64) -> Int64 { roster.receiptTimes.next(group: group, now: now) }

    /// Why pushes would not be answered in time: `<destination>: <why, since when>` of one that is failing (contract A2).
    ///
    /// - Returns: one line of visible ASCII; nil while no destination is failing.
    public func failing(at now: ContinuousClock.Instant) -> String? {
        for destination in required {
            if let why = destination.failing(at: now) { return why }
        }
        return nil
    }

    /// Copies a push into every required destination's queue, or into none; one that has no samples for a destination
    /// passes it by.
    ///
    /// What does not fit the queue of another destination is dropped there and counted. A push that is too large for one
    /// request is cut and compressed before any lock is taken.
    ///
    /// - Parameter encodings: the push for each of `profiles`.
    /// - Returns: whether a required destination has something to store.
    @discardableResult
    public func offer(_ encodings: [EncodedPush], as offer: Offer) throws(Refusal) -> Bool {
        var places = zip(destinations, profileIndices).map { Place(load: $0.load(encodings[$1], offer)) }
        let awaited = awaited(encodings)
        let isLatest = try roster.receiptTimes.advance(group: offer.group, to: offer.receiptTime) {
            () throws(Refusal) in
            if roster.isClosed { throw .closed }
            if isReplaced.load(ordering: .acquiring) { throw .replaced }
            try reserve(&places, encodings, group: offer.group)
            offer.acknowledgement.expect(awaited)
            for index in destinations.indices where places[index].isTaken {
                places[index].appended = destinations[index].append(
                    places[index].load, encodings[profileIndices[index]], offer)
            }
        }
        guard isLatest else { throw .superseded }
        finish(places, offer)
        for index in destinations.indices {
            let leftOut = encodings[profileIndices[index]].samplesLeftOut
            if leftOut > 0 { destinations[index].metrics.samplesDropped.add("relabel", leftOut) }
        }
        return !awaited.isEmpty
    }

    /// The required destinations that a push has samples for.
    private func awaited(_ encodings: [EncodedPush]) -> [Destination] {
        guard encodings.contains(where: { $0.samples == 0 }) else { return required }
        return destinations.indices.filter { isRequired[$0] && encodings[profileIndices[$0]].samples > 0 }
            .map { destinations[$0] }
    }

    /// Does what need not be done under the group's lock: wakes the transport, and seals what has filled.
    ///
    /// The wire of a batch that has filled is woken when that is sealed, so that the transport's one thread need not
    /// compress large pushes.
    private func finish(_ places: [Place], _ offer: Offer) {
        if places.contains(where: { $0.appended.needsWake && $0.appended.filled == nil }) {
            if let waker = offer.waker { waker.wakeSoon() } else { roster.transport.wake() }
        }
        for index in places.indices {
            if let filled = places[index].appended.filled { destinations[index].seal(filled, group: offer.group) }
        }
        if places.contains(where: { $0.appended.needsWake && $0.appended.filled != nil }) { roster.transport.wake() }
    }

    /// Wakes the transport: for who has an offer's `waker` told that it is to be.
    public func wake() { roster.transport.wake() }

    /// Takes no more offers; the transport delivers what is queued.
    public func close() { roster.close() }

    /// Takes no more offers, because another outbox over the same roster is in its place; when this returns, nothing is on its
    /// way into a queue through this one.
    public func replace() {
        isReplaced.store(true, ordering: .releasing)
        roster.receiptTimes.barrier()
    }

    /// Reserves room for a push at each required destination, or at none, and at those others that have it.
    private func reserve(_ places: inout [Place], _ encodings: [EncodedPush], group: UInt64) throws(Refusal) {
        for index in destinations.indices {
            let (destination, samples) = (destinations[index], encodings[profileIndices[index]].samples)
            let fits = samples > 0 && destination.reserve(places[index].load, samples: samples, group: group)
            places[index].isTaken = fits
            if fits || samples == 0 || !isRequired[index] { continue }
            for taken in places.indices where places[taken].isTaken {
                let samples = encodings[profileIndices[taken]].samples
                destinations[taken].release(places[taken].load, samples: samples, group: group)
            }
            throw refusal(places[index].load, by: destination)
        }
        for index in destinations.indices where !places[index].isTaken {
            let samples = encodings[profileIndices[index]].samples
            destinations[index].metrics.samplesDropped.add("not_required_full", samples)
        }
    }

    private func refusal(_ load: Destination.Load, by destination: Destination) -> Refusal {
        guard load.cost <= destination.budget.limit else {
            return .tooLarge(destination: destination.name, limit: destination.budget.limit)
        }
        let seconds = destination.secondsUntilRoom(for: load.cost, now: .now)
        return .full(destination: destination.name, retryAfter: seconds)
    }
}
