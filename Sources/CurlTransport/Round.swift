import Bytes
import Delivery
import Settings

/// What the sender thread goes through again and again: its carriers, and when to look at them next.
struct Round {
    /// How often the health of destinations is looked at while requests are under way or waiting.
    private static let reviewInterval = Duration.seconds(1)
    /// The longest a poll lasts when there is nothing to wait for but a wake.
    private static let longestWait = Duration.seconds(3_600)

    private let roster: Roster
    private let userAgent: String
    private var crews: [Crew] = []
    private var slots = Slots()
    /// The earliest time at which a waiting wire wants to be asked.
    private var nextAttempt: ContinuousClock.Instant?
    private var nextReview = ContinuousClock.now

    /// Whether all wires are finished.
    private(set) var isFinished = false

    /// A round for those that the roster has.
    init(_ roster: Roster, userAgent: String) throws(TransportError) {
        self.roster = roster
        self.userAgent = userAgent
        for destination in roster.members {
            crews.append(Crew(destination, try relay(to: destination, destination.settings)))
        }
    }

    /// Delivers to the destinations of another configuration from now on; what cannot be used changes nothing.
    mutating func change(_ change: DestinationChange, now: ContinuousClock.Instant) throws(TransportError) {
        var relays: [Crew.Relay?] = []
        for (destination, settings) in change.destinations {
            let isNew = !crews.contains { $0.destination === destination }
            let isReachedAlike = !isNew && settings.isReached(as: destination.settings)
            do throws(TransportError) {
                relays.append(isReachedAlike ? nil : try relay(to: destination, settings))
            } catch {
                for relay in relays.compactMap(\.self) { free(relay) }
                throw error
            }
        }
        for (index, (destination, settings)) in change.destinations.enumerated() {
            let isChanged = settings != destination.settings
            destination.change(to: settings, acknowledgeTimeout: change.acknowledgeTimeout, now: now)
            let crew = crews.first { $0.destination === destination }
            if let crew, let relay = relays[index] {
                crew.relieve(by: relay, &slots)
            } else if let relay = relays[index] {
                crews.append(Crew(destination, relay))
            } else if isChanged {
                crew?.renewWires()
            }
            roster.join(destination)
        }
    }

    /// A way to a destination, with a carrier for each of its wires.
    private mutating func relay(
        to destination: Destination, _ settings: DestinationSettings
    ) throws(TransportError) -> Crew.Relay {
        let wires = destination.makeWires(wallClock: WallClock.milliseconds)
        let slot = slots.take()
        var taken = [slot]
        do throws(TransportError) {
            let access = try Access(destination, settings, at: .init(slot: slot, userAgent: userAgent))
            slots.assign(slot, to: .access(access))
            var carriers: [Carrier] = []
            for wire in wires {
                taken.append(slots.take())
                let place = Carrier.Place(slot: taken[taken.count - 1], userAgent: userAgent)
                let carrier = try Carrier(wire, of: destination, access, at: place)
                slots.assign(place.slot, to: .carrier(carrier))
                carriers.append(carrier)
            }
            return Crew.Relay(access: access, carriers: carriers)
        } catch {
            for slot in taken { slots.free(slot) }
            throw error
        }
    }

    private mutating func free(_ relay: Crew.Relay) {
        for slot in relay.carriers.map(\.slot) + [relay.access.slot] { slots.free(slot) }
    }
}

extension Round {
    /// Asks each wire that has no request in flight, and does what it wants.
    mutating func ask(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) {
        nextAttempt = nil
        isFinished = true
        let isDue = now >= nextReview
        var isGone = false
        for crew in crews {
            crew.relieveIdle(&slots, on: multi)
            // Before anything is sent: what a request shows is at most so old.
            if isDue { for access in crew.accesses { access.review(now: now) } }
            var isFinished = true
            for carrier in crew.carriers {
                if let answer = carrier.resume(on: multi, now: now) { carrier.wire.completed(answer, now: now) }
                if !carrier.isBusy, ask(carrier, multi, now: now) { continue }
                isFinished = false
            }
            if !isFinished {
                self.isFinished = false
            } else if roster.retire(crew.destination) {
                for access in crew.accesses { access.tokenSource?.abandon(on: multi) }
                for slot in crew.slots { slots.free(slot) }
                isGone = true
            }
        }
        if isGone {
            let members = roster.members
            crews.removeAll { crew in !members.contains { $0 === crew.destination } }
        }
        // One that stays is needed to know that all is over.
        isFinished = isFinished && roster.isClosed
        if isDue {
            nextReview = now + Self.reviewInterval
            for crew in crews { crew.destination.reviewHealth(at: now) }
        }
    }

    /// - Returns: whether the wire is finished.
    private mutating func ask(_ carrier: Carrier, _ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Bool
    {
        while true {
            switch carrier.wire.next(now: now) {
            case .send(let request):
                guard let failure = carrier.start(request, on: multi, now: now) else { return false }
                carrier.wire.completed(failure, now: now)
            case .wait(let until):
                nextAttempt = min(nextAttempt ?? until, until)
                return false
            case .idle:
                return false
            case .finished:
                return true
            }
        }
    }

    /// Hands the answers that have come to their wires.
    ///
    /// - Returns: whether there were any.
    func reap(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Bool {
        var hasReaped = false
        while let done = multi.nextDone() {
            hasReaped = true
            switch slots[done.slot] {
            case .access(let access): access.finishToken(done.result, on: multi, now: now)
            case .carrier(let carrier):
                guard let response = carrier.finish(done.result, on: multi, now: now) else { continue }
                carrier.wire.completed(response, now: now)
                if carrier.isOutdated { carrier.destination.credentialsWereOld(at: now) }
            case nil: break
            }
        }
        return hasReaped
    }

    /// How long there is nothing to do, as far as can be known.
    func wait(now: ContinuousClock.Instant, deadline: ContinuousClock.Instant?) -> Duration {
        let isAtWork = nextAttempt != nil || crews.contains { $0.carriers.contains(where: \.isBusy) }
        let times = [nextAttempt, deadline, isAtWork ? nextReview : nil].compactMap { $0 }
        return max(.zero, min(Self.longestWait, (times.min() ?? now + Self.longestWait) - now))
    }

    /// Gives everything up.
    ///
    /// - Returns: the samples that are lost by that.
    func abandon(_ multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Int {
        for access in crews.flatMap(\.accesses) { access.tokenSource?.abandon(on: multi) }
        return crews.flatMap(\.carriers).reduce(0) { $0 + $1.abandon(on: multi, now: now) }
    }
}
