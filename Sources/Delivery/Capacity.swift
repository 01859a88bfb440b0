import Synchronization

/// How many samples a shard may hold, and how many it does (`queue_config.capacity`).
final class Capacity: Sendable {
    /// The most; 0 is no limit, and nothing is counted.
    private let limit: Int
    private let held = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// Reserves room for samples; more than there ever is room for have it in an empty shard.
    func reserve(_ samples: Int) -> Bool {
        guard limit > 0 else { return true }
        var held = held.load(ordering: .relaxed)
        while held == 0 || held + samples <= limit {
            let (exchanged, original) = self.held.weakCompareExchange(
                expected: held, desired: held + samples, ordering: .relaxed)
            if exchanged { return true }
            held = original
        }
        return false
    }

    /// Gives room back.
    func release(_ samples: Int) {
        if limit > 0 { held.wrappingSubtract(samples, ordering: .relaxed) }
    }
}
