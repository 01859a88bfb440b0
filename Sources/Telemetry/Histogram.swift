import Synchronization

/// How measured values spread over fixed bounds.
///
/// Recording one is a few comparisons and two relaxed additions; nothing is allocated.
public final class Histogram: Sendable {
    /// What is recorded, and how it is shown.
    enum Unit {
        /// Nanoseconds, shown in seconds.
        case nanoseconds
        /// Bytes.
        case bytes
    }

    /// What was recorded up to a moment.
    struct Reading {
        /// For each bound, and behind them for all, how many values are not above it.
        var cumulative: [(bound: String, count: Int)]
        var sum: String
        var count: Int
    }

    /// Ascending.
    private let bounds: [Int]
    private let unit: Unit
    /// One more than bounds: the last is for what is above all of them.
    private let counts: [Counter]
    private let sum = Atomic<Int>(0)

    init(_ unit: Unit, bounds: [Int]) {
        self.unit = unit
        self.bounds = bounds
        counts = (0...bounds.count).map { _ in Counter() }
    }

    /// Bounds for what is waited for: half a millisecond to a minute.
    static func durations() -> Histogram {
        Histogram(
            .nanoseconds,
            bounds: [
                500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
                5_000_000, 10_000_000, 30_000_000, 60_000_000,
            ].map { $0 * 1_000 })
    }

    /// Bounds for bodies: 256 bytes to 64 MiB.
    static func sizes() -> Histogram { Histogram(.bytes, bounds: (0..<10).map { 256 << (2 * $0) }) }

    /// Counts a value; one below 0, as a clock that was set back gives, is 0.
    public func record(_ value: Int) {
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts[index].add()
        sum.wrappingAdd(max(0, value), ordering: .relaxed)
    }

    /// Counts a time.
    public func record(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        record(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
    }

    /// How many values were recorded.
    public var count: Int { counts.reduce(0) { $0 + $1.value } }

    var reading: Reading {
        var count = 0
        var cumulative: [(bound: String, count: Int)] = []
        for (index, counter) in counts.enumerated() {
            count += counter.value
            cumulative.append((index < bounds.count ? text(bounds[index]) : "+Inf", count))
        }
        return Reading(cumulative: cumulative, sum: text(sum.load(ordering: .relaxed)), count: count)
    }

    private func text(_ value: Int) -> String { unit == .bytes ? String(value) : value.decimal(places: 9) }
}

extension Int {
    /// The number, not negative, with a point before its last digits, without zeros at the end: `1250` with three places
    /// is `1.25`.
    package func decimal(places: Int) -> String {
        let one = (0..<places).reduce(1) { value, _ in value * 10 }
        let (whole, rest) = quotientAndRemainder(dividingBy: one)
        guard rest != 0 else { return String(whole) }
        var digits = String(one + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
