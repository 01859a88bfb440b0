/// What few samples have besides a value and a time.
///
/// Samples that have the same details may share them.
public struct SampleDetails: Sendable, Equatable {
    /// What a sample is to destinations that take native histograms, and to those that do not (contract B12).
    public enum Kind: Sendable, Equatable {
        /// The same to both: a number.
        case float
        /// A native histogram, an index of `SampleBatch.histograms`; left out where none are taken.
        case native(Int)
        /// A number of the classic series that stand for a native histogram; left out where native ones are taken.
        case standIn
        /// An OpenMetrics `_created` line, which is the start time of its siblings; left out where start times are sent.
        case created
    }

    /// What the sample is.
    public var kind: Kind
    /// Its exemplars in `SampleBatch.exemplars`.
    public var exemplars: Range<Int>
    /// The time from which it counts, in ms since the epoch; 0 where that is not known.
    public var startTimestamp: Int64

    /// Details of a sample.
    public init(kind: Kind = .float, exemplars: Range<Int> = 0..<0, startTimestamp: Int64 = 0) {
        self.kind = kind
        self.exemplars = exemplars
        self.startTimestamp = startTimestamp
    }
}

extension SampleBatch {
    /// The details of a sample, nil where it has none.
    @inlinable
    public func details(of sample: Sample) -> SampleDetails? {
        sample.details == 0 ? nil : details[Int(sample.details) - 1]
    }

    /// Adds details, and returns what samples that have them say in `Sample.details`.
    ///
    /// Those that were added last are used again for the next sample that has the same.
    public mutating func add(_ details: SampleDetails) -> UInt32 {
        if self.details.last != details { self.details.append(details) }
        return UInt32(truncatingIfNeeded: self.details.count)
    }

    /// The memory of the largest array that belongs to details, in bytes.
    var largestDetail: Int {
        max(
            details.capacity * MemoryLayout<SampleDetails>.stride, exemplars.capacity * MemoryLayout<Exemplar>.stride,
            exemplarLabels.capacity * MemoryLayout<LabelRange>.stride,
            histograms.capacity * MemoryLayout<NativeHistogram>.stride,
            spans.capacity * MemoryLayout<NativeHistogram.Span>.stride, deltas.capacity * MemoryLayout<Int64>.stride,
            counts.capacity * MemoryLayout<Double>.stride)
    }

    /// Removes all details and keeps their memory.
    mutating func removeDetails() {
        details.removeAll(keepingCapacity: true)
        exemplars.removeAll(keepingCapacity: true)
        exemplarLabels.removeAll(keepingCapacity: true)
        histograms.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        deltas.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
    }
}
