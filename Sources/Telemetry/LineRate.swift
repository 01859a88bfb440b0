/// How many lines of one kind a log gets: some at once, then one a second; what is left out is counted.
///
/// Pure, given the time.
public struct LineRate: Sendable {
    /// How many lines come at once.
    static let burst = 10

    private var lines = Double(LineRate.burst)
    private var last: ContinuousClock.Instant?
    private var leftOut = 0

    /// A rate of which nothing is used.
    public init() {}

    /// Asks for a line.
    ///
    /// - Returns: how many were left out since the last one; nil where this one is left out too.
    public mutating func line(at now: ContinuousClock.Instant) -> Int? {
        if let last { lines = min(Double(Self.burst), lines + (now - last) / .seconds(1)) }
        last = now
        guard lines >= 1 else {
            leftOut += 1
            return nil
        }
        lines -= 1
        defer { leftOut = 0 }
        return leftOut
    }
}
