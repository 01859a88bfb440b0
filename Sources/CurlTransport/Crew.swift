import Delivery
import Settings

/// What delivers to one destination: the way there, and the carriers that take it.
///
/// Where a reload changes the way, each carrier hands its wire to its successor once no request is in its hands: one request
/// in flight, one order, whatever changes.
final class Crew {
    let destination: Destination
    private(set) var access: Access
    private(set) var carriers: [Carrier]
    /// Who takes over from each carrier; nil where that is done, or nothing has changed.
    private var successors: [Carrier?]
    /// Ways that a carrier may still be on, with what fetches their tokens.
    private var former: [Access] = []

    init(_ destination: Destination, _ relay: Relay) {
        self.destination = destination
        access = relay.access
        carriers = relay.carriers
        successors = carriers.map { _ in nil }
    }

    /// A way to a destination, and carriers on it, before they are put to work.
    struct Relay {
        var access: Access
        var carriers: [Carrier]
    }

    /// From now on the carriers go another way.
    func relieve(by relay: Relay, _ slots: inout Slots) {
        // Those who have not begun yet never will.
        for carrier in successors.compactMap(\.self) { slots.free(carrier.slot) }
        former.append(access)
        access = relay.access
        successors = relay.carriers
    }

    /// Lets successors take over where nothing is in hand; the former ways that nobody is on any more are given up.
    func relieveIdle(_ slots: inout Slots, on multi: borrowing MultiHandle) {
        guard !former.isEmpty else { return }
        for index in carriers.indices where !carriers[index].isBusy {
            guard let successor = successors[index] else { continue }
            slots.free(carriers[index].slot)
            successor.wire = carriers[index].wire
            successor.wire.renew(now: .now)
            carriers[index] = successor
            successors[index] = nil
        }
        guard successors.allSatisfy({ $0 == nil }) else { return }
        for access in former {
            access.tokenSource?.abandon(on: multi)
            slots.free(access.slot)
        }
        former = []
    }

    /// The settings have changed, and the way has not.
    func renewWires() {
        for carrier in carriers { carrier.wire.renew(now: .now) }
    }

    /// The slots of all handles.
    var slots: [Int] {
        (carriers + successors.compactMap(\.self)).map(\.slot) + (former + [access]).map(\.slot)
    }

    /// All ways that are in use.
    var accesses: [Access] { former + [access] }
}
