/// A native histogram at a time, as it stands on the wire.
public struct ReceivedHistogram: Sendable, Equatable {
    /// A number of observations: whole in integer histograms, fractional in float histograms.
    public enum Count: Sendable, Equatable {
        /// Of an integer histogram.
        case whole(UInt64)
        /// Of a float histogram.
        case fractional(Double)
    }

    /// What is known about a reset of the counts before this histogram.
    public enum ResetHint: UInt64, Sendable {
        case unknown, yes, no, gauge
    }

    /// A run of buckets side by side.
    public struct Span: Sendable, Equatable {
        /// The index of the first bucket in the first span; the gap after the span before in the others.
        public var offset: Int32 = 0
        /// How many buckets there are.
        public var length: UInt32 = 0
    }

    /// The buckets on one side of zero.
    public struct Buckets: Sendable, Equatable {
        /// Where the buckets are.
        public var spans: [Span] = []
        /// What is in them in an integer histogram: the first count, then the difference to the bucket before.
        public var deltas: [Int64] = []
        /// What is in them in a float histogram.
        public var counts: [Double] = []
    }

    /// How many observations there are.
    public var count = Count.whole(0)
    /// The sum of the observations.
    public var sum = 0.0
    /// The resolution, from -4 to 8, or -53 for custom bounds.
    public var schema: Int32 = 0
    /// How far from zero the zero bucket reaches.
    public var zeroThreshold = 0.0
    /// What is in the zero bucket.
    public var zeroCount = Count.whole(0)
    /// The buckets of negative observations.
    public var negative = Buckets()
    /// The buckets of positive observations.
    public var positive = Buckets()
    /// What is known about a reset.
    public var resetHint = ResetHint.unknown
    /// Milliseconds since the epoch.
    public var timestamp: Int64 = 0
    /// The upper bounds of custom buckets, for schema -53.
    public var customBounds: [Double] = []
    /// When the histogram began to count, in ms since the epoch; 0 where it is not said, and in version 1.
    public var startTimestamp: Int64 = 0
}

extension ReceivedHistogram.Buckets {
    /// The count of each bucket, whatever the wire has.
    public var absolute: [ReceivedHistogram.Count] {
        guard counts.isEmpty else { return counts.map(ReceivedHistogram.Count.fractional) }
        var count: Int64 = 0
        return deltas.map { delta in
            // Not checked: a histogram with counts below zero is shown as it came.
            count &+= delta
            return .whole(UInt64(bitPattern: count))
        }
    }
}
