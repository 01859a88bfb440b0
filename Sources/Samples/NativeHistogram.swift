/// A native histogram: how many observations there were, in buckets whose bounds grow exponentially.
///
/// As remote write has it (`prometheus.Histogram`); its buckets stand in the arrays of the batch.
public struct NativeHistogram: Sendable {
    /// How a number of observations is written.
    public enum Count: Sendable, Equatable {
        /// Whole observations.
        case integer(UInt64)
        /// As a rate or a sum of rates has them.
        case float(Double)
    }

    /// Buckets side by side.
    public struct Span: Sendable, Equatable {
        /// The gap to the span before, or for the first one the index of its first bucket.
        public var offset: Int32
        /// How many buckets there are.
        public var length: UInt32

        /// A span of `length` buckets behind a gap.
        public init(offset: Int32, length: UInt32) {
            self.offset = offset
            self.length = length
        }
    }

    /// The buckets on one side of zero.
    public struct Buckets: Sendable, Equatable {
        /// Their places in `SampleBatch.spans`.
        public var spans: Range<Int>
        /// Their values: in `SampleBatch.deltas` where the count is an integer, else in `SampleBatch.counts`.
        public var values: Range<Int>

        /// Buckets in these places.
        public init(spans: Range<Int> = 0..<0, values: Range<Int> = 0..<0) {
            self.spans = spans
            self.values = values
        }
    }

    /// Whether a smaller count means that the counting began anew.
    public enum ResetHint: UInt8, Sendable {
        case unknown, yes, no, gauge
    }

    /// All observations.
    public var count: Count
    /// The sum of what was observed.
    public var sum: Double
    /// The resolution: each bound is 2^(2^-schema) times the one before.
    public var schema: Int32
    /// Observations up to this distance from zero are in the zero bucket.
    public var zeroThreshold: Double
    /// Observations in the zero bucket; of the same kind as `count`.
    public var zeroCount: Count
    /// Buckets below zero, from zero on.
    public var negative: Buckets
    /// Buckets above zero.
    public var positive: Buckets
    /// What a smaller count means.
    public var resetHint: ResetHint

    /// A histogram without observations, to be filled.
    public init() {
        count = .integer(0)
        sum = 0
        schema = 0
        zeroThreshold = 0
        zeroCount = .integer(0)
        negative = Buckets()
        positive = Buckets()
        resetHint = .unknown
    }
}
