public import Samples

/// What relabelling leaves of the series of one push, for destinations of one kind.
///
/// Nearly all carry their own labels alone, beside those that all series of the push have. Series of which relabelling
/// took or changed one of those carry all of theirs, and stand behind the others. The batch lends its place to them while
/// they are encoded.
public struct RelabeledSeries: Sendable {
    /// What became of a series of the push, and where it stands.
    struct Outcome: Sendable {
        /// The labels that it leaves with.
        var labels: SeriesHash
        /// Its index in `partial` or `complete`; -1 where it is dropped.
        var place: Int32
        var isComplete: Bool
    }

    /// A series of the batch, and the decision about it.
    struct Placement: Sendable {
        var series: Int32
        var entry: Int32

        @inline(__always)
        init(_ series: Int, as entry: Int) {
            (self.series, self.entry) = (Int32(truncatingIfNeeded: series), Int32(truncatingIfNeeded: entry))
        }
    }

    /// The samples of series that became one.
    struct Merger: Sendable {
        /// The series, as `Outcome` has it.
        var place: Int
        var isComplete: Bool
        /// Their samples in the batch, in the order of the push.
        var samples: [Range<Int>]
    }

    /// Whether all series leave as they came, with the external labels.
    var isUntouched = true
    /// Whether one of them has other labels than it came with.
    var areChanged = false
    /// Those that carry their own labels alone.
    var partial: [Series] = []
    /// Those that carry all of their labels.
    var complete: [Series] = []
    var outcomes: [Outcome] = []
    var mergers: [Merger] = []
    /// The labels that go with series that carry their own alone.
    public internal(set) var grouping = Grouping(job: [])

    // What is needed while series are looked at.
    var keys: [SeriesHash] = []
    /// The series that the first of `keys` is of.
    var firstKey = 0
    var misses: [Int] = []
    var placements: [Placement] = []
    /// The labels that all series of the push have, in the batch.
    var common: [LabelRange] = []
    var labels: [LabelRange] = []
    /// Where equal series are found.
    var table: [Int32] = []
    var fresh = DecisionStore()
    /// How many samples the batch had before some were put together behind them.
    private var sampleCount = 0

    /// No series yet.
    public init() {}

    /// The memory that it takes.
    public var memory: Int {
        (partial.count + complete.count) * MemoryLayout<Series>.stride
            + outcomes.count * (MemoryLayout<Outcome>.stride + 8)
    }

    /// Whether a giant push swelled it past so many bytes.
    public func isSwollen(past bytes: Int) -> Bool {
        max(partial.capacity, complete.capacity) * MemoryLayout<Series>.stride > bytes
            || fresh.size > bytes || mergers.count * 64 > bytes
    }

    /// Begins with another push.
    mutating func removeAll() {
        (isUntouched, areChanged) = (true, false)
        partial.removeAll(keepingCapacity: true)
        complete.removeAll(keepingCapacity: true)
        outcomes.removeAll(keepingCapacity: true)
        mergers.removeAll()
    }
}

extension RelabeledSeries {
    /// Puts these series in the place of the batch's; to be undone by `leave` before anything else.
    ///
    /// Samples of series that became one stand behind all others then, ascending by time; of two at the same time the
    /// first is left.
    ///
    /// - Parameters:
    ///   - receiptTime: the time in ms of samples that have none.
    ///   - isSent: whether samples of a kind are sent; those that are not give way to those that are.
    public mutating func enter(
        _ batch: inout SampleBatch, receiptTime: Int64, isSent: (SampleDetails.Kind) -> Bool = { _ in true }
    ) {
        sampleCount = batch.samples.count
        guard !isUntouched else { return }
        for merger in mergers { merge(merger, in: &batch, receiptTime: receiptTime, isSent) }
        batch.firstComplete = partial.count
        partial += complete
        swap(&batch.series, &partial)
    }

    /// Gives the batch its own series back.
    public mutating func leave(_ batch: inout SampleBatch) {
        batch.samples.removeLast(batch.samples.count - sampleCount)
        guard let first = batch.firstComplete else { return }
        swap(&batch.series, &partial)
        partial.removeLast(partial.count - first)
        batch.firstComplete = nil
    }

    private mutating func merge(
        _ merger: Merger, in batch: inout SampleBatch, receiptTime: Int64, _ isSent: (SampleDetails.Kind) -> Bool
    ) {
        let all = Array(merger.samples.joined())
        let sent = all.filter { batch.details(of: batch.samples[$0]).map { isSent($0.kind) } ?? true }
        // A series is never without samples, also where none is sent.
        let samples = (sent.isEmpty ? all : sent).map {
            (time: batch.samples[$0].timestamp ?? receiptTime, index: $0)
        }
        let start = batch.samples.count
        var last: Int64?
        // Mergers have their samples in the order of the push.
        for (_, sample) in samples.enumerated().sorted(by: { ($0.1.time, $0.0) < ($1.1.time, $1.0) }) {
            if sample.time != last { batch.samples.append(batch.samples[sample.index]) }
            last = sample.time
        }
        let range = start..<batch.samples.count
        if merger.isComplete { complete[merger.place].samples = range } else { partial[merger.place].samples = range }
    }
}
