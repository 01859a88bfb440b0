/// 128 bits that stand for a set of labels: what is equal here is taken for the same.
struct SeriesHash: Sendable, Equatable {
    var low: UInt64
    var high: UInt64

    /// Nothing.
    static var zero: SeriesHash { SeriesHash(low: 0, high: 0) }

    /// Adds a label; in whatever order they are added, the sum of the same labels is the same.
    @inline(__always)
    static func += (sum: inout SeriesHash, label: SeriesHash) {
        sum.low &+= label.low
        sum.high &+= label.high
    }
}
