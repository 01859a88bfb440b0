/// A value at a time.
public struct Sample: Sendable {
    /// The value, of a native histogram its sum.
    ///
    /// Every NaN but the stale marker is the ordinary NaN.
    public var value: Double
    /// Milliseconds since the epoch, or nil: the time at which the push was received.
    public var timestamp: Int64?
    /// What else it has: an index of `SampleBatch.details` plus one, or 0 for nothing, as nearly all samples have.
    public var details: UInt32

    /// A value at a time, or at the time of receipt.
    public init(value: Double, timestamp: Int64?, details: UInt32 = 0) {
        self.value = value
        self.timestamp = timestamp
        self.details = details
    }
}
