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
    private let counters: Mutex<[Key: Counter]>

    /// Counters that are there from the start, at zero, for `keys`.
    public init(_ keys: [Key] = []) {
        counters = Mutex(Dictionary(keys.map { ($0, Counter()) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Adds to the count of `key`.
    public func add(_ key: Key, _ amount: Int = 1) { counter(key).add(amount) }

    /// The counter of `key`, there from now on: who counts often keeps it.
    public func counter(_ key: Key) -> Counter {
        counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = Counter()
            counters[key] = counter
            return counter
        }
    }

    /// All counts.
    public var values: [Key: Int] { counters.withLock { $0.mapValues(\.value) } }
}

/// A family, and the counter of it that was used last: for one owner that mostly counts under the same key.
///
/// To look a key up costs as much as to read some lines of a body.
public struct RememberedCounter<Key: Hashable & Sendable>: Sendable {
    @usableFromInline let family: CounterFamily<Key>
    @usableFromInline var last: (key: Key, counter: Counter)?

    /// Of a family.
    public init(_ family: CounterFamily<Key>) { self.family = family }

    /// Adds to the count of `key`.
    @inlinable
    public mutating func add(_ key: Key, _ amount: Int = 1) {
        if let last, last.key == key { return last.counter.add(amount) }
        let counter = family.counter(key)
        last = (key, counter)
        counter.add(amount)
    }
}
