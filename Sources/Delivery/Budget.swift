import Synchronization
import Telemetry

/// The bytes that a destination may hold, and how many of them it does.
final class Budget: Sendable {
    private let most: Atomic<Int>
    private let reserved = Atomic<Int>(0)
    /// Shows what is held; moved by differences, so that it is right whoever comes first.
    private let gauge: Gauge

    init(limit: Int, gauge: Gauge) {
        most = Atomic(limit)
        self.gauge = gauge
    }

    /// The most that can be reserved; less than is held takes nothing away.
    var limit: Int {
        get { most.load(ordering: .relaxed) }
        set { most.store(newValue, ordering: .relaxed) }
    }

    /// How many bytes are reserved.
    var held: Int { reserved.load(ordering: .relaxed) }

    /// Reserves bytes where there is room for all of them.
    func reserve(_ bytes: Int) -> Bool {
        let limit = limit
        var held = reserved.load(ordering: .relaxed)
        while held + bytes <= limit {
            let (exchanged, original) = reserved.weakCompareExchange(
                expected: held, desired: held + bytes, ordering: .relaxed)
            if exchanged {
                gauge.add(bytes)
                return true
            }
            held = original
        }
        return false
    }

    /// Gives bytes back; a negative number takes more, room or not, for what is in hand already.
    func release(_ bytes: Int) {
        reserved.wrappingSubtract(bytes, ordering: .relaxed)
        gauge.add(-bytes)
    }
}
