/// An observation that a sample counts, with labels of its own: a trace, for example.
public struct Exemplar: Sendable {
    /// Its labels in `SampleBatch.exemplarLabels`, sorted by the bytes of their names, none without a value.
    public var labels: Range<Int>
    /// What was observed.
    public var value: Double
    /// Milliseconds since the epoch, or nil: the time of the sample.
    public var timestamp: Int64?

    /// An exemplar at a time, or at that of its sample.
    public init(labels: Range<Int>, value: Double, timestamp: Int64?) {
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}
