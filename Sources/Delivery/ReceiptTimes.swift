import Synchronization

/// The last time of receipt of each group, so that times within a group strictly increase (contract B7).
///
/// A table of fixed size, indexed by the group's hash: groups that share a slot push each other on by a millisecond.
final class ReceiptTimes: Sendable {
    /// How far the clock may step back and times still move on by 1 ms; after a longer step they follow the clock.
    ///
    /// Were it not so, a clock once set wrong would be obeyed for as long as it was wrong.
    static let smallStep: Int64 = 60_000

    private static let stripeCount: UInt64 = 64

    private final class Stripe: Sendable {
        let last = Mutex(InlineArray<64, Int64>(repeating: .min))
    }

    private let stripes = (0..<stripeCount).map { _ in Stripe() }

    /// The clock's time, or 1 ms after the group's last where that is not later.
    func next(group: UInt64, now: Int64) -> Int64 {
        let (stripe, slot) = place(of: group)
        return stripe.last.withLock { last in Self.isLater(now, than: last[slot]) ? now : last[slot] + 1 }
    }

    /// Runs `commit` while no other push of the group can come between, and remembers its time once that has succeeded.
    ///
    /// - Returns: false, without running it, where the time is not later than the group's last.
    func advance<Failure: Error>(
        group: UInt64, to time: Int64, commit: () throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        let (stripe, slot) = place(of: group)
        return try stripe.last.withLock { last throws(Failure) in
            guard Self.isLater(time, than: last[slot]) else { return false }
            try commit()
            last[slot] = time
            return true
        }
    }

    /// Returns once every `commit` that was running at the call has ended.
    func barrier() {
        for stripe in stripes { stripe.last.withLock { _ in } }
    }

    private static func isLater(_ time: Int64, than last: Int64) -> Bool {
        time > last || time < last - smallStep
    }

    private func place(of group: UInt64) -> (stripe: Stripe, slot: Int) {
        (stripes[Int(group % Self.stripeCount)], Int(group / Self.stripeCount % 64))
    }
}
