import Synchronization

/// A count that only grows.
public final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    /// A counter at zero.
    public init() {}

    /// Adds to the count.
    public func add(_ amount: Int = 1) { count.wrappingAdd(amount, ordering: .relaxed) }

    /// The count so far.
    public var value: Int { count.load(ordering: .relaxed) }
}

/// A number that goes up and down.
public final class Gauge: Sendable {
    private let level = Atomic<Int>(0)

    /// A gauge at zero.
    public init() {}

    /// Adds to the number, or takes from it.
    public func add(_ amount: Int) { level.wrappingAdd(amount, ordering: .relaxed) }

    /// Sets the number.
    public func set(_ value: Int) { level.store(value, ordering: .relaxed) }

    /// The number now.
    public var value: Int { level.load(ordering: .relaxed) }
}

/// A counter for each value of some labels; the values are few and known beforehand, or bounded by their kind.
public final class CounterFamily<Key: Hashable & Sendable>: Sendable {
    private let counts: Mutex<[Key: Int]>

    /// Counters that are there from the start, at zero, for `keys`.
    public init(_ keys: [Key] = []) {
        counts = Mutex(Dictionary(keys.map { ($0, 0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Adds to the count of `key`.
    public func add(_ key: Key, _ amount: Int = 1) { counts.withLock { $0[key, default: 0] += amount } }

    /// All counts.
    public var values: [Key: Int] { counts.withLock { $0 } }
}
