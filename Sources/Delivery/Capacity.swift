import Synchronization

/// How many samples a shard may hold, and how many it does (`queue_config.capacity`).
final class Capacity: Sendable {
    private let most: Atomic<Int>
    private let held = Atomic<Int>(0)

    init(limit: Int) { most = Atomic(limit) }

    /// The most; 0 is no limit.
    var limit: Int {
        get { most.load(ordering: .relaxed) }
        set { most.store(newValue, ordering: .relaxed) }
    }

    /// Reserves room for samples; more than there ever is room for have it in an empty shard.
    func reserve(_ samples: Int) -> Bool {
        let limit = limit
        guard limit > 0 else {
            held.wrappingAdd(samples, ordering: .relaxed)
            return true
        }
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
        held.wrappingSubtract(samples, ordering: .relaxed)
    }
}
