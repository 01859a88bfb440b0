/// 128 bits that stand for a set of labels: what is equal here is taken for the same.
public struct SeriesHash: Sendable, Equatable {
    /// The first lane.
    public var low: UInt64
    /// The second lane.
    public var high: UInt64

    /// A hash of these halves.
    @inline(__always)
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Nothing.
    @inline(__always)
    public static var zero: SeriesHash { SeriesHash(low: 0, high: 0) }

    /// Adds a label; in whatever order they are added, the sum of the same labels is the same.
    @inline(__always)
    public static func += (sum: inout SeriesHash, label: SeriesHash) {
        sum.low &+= label.low
        sum.high &+= label.high
    }
}
