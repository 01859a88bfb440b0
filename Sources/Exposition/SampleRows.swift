internal import Samples

/// Adds samples to the arrays of a batch, a block at a time.
///
/// An array pays for every append with a look at who else holds it; a block of fixed memory does not. Lent `inout` and
/// by no other way: the compiler copies so large a structure where it is only read.
struct SampleRows: ~Copyable {
    /// What a block holds: small pushes pay for each to be cleared.
    private static let (rows, size) = (32, 64)

    private var series: [Series] = []
    private var samples: [Sample] = []
    private var labels: [LabelRange] = []
    private var seriesBlock: [32 of Series] = .init(repeating: Series(name: .none, labels: 0..<0, samples: 0..<0))
    private var sampleBlock: [32 of Sample] = .init(repeating: Sample(value: 0, timestamp: nil))
    private var labelBlock: [64 of LabelRange] = .init(repeating: LabelRange(name: .none, value: .none))
    private var blockedSeries = 0
    private var blockedLabels = 0
    /// How many labels have left the block.
    private var flushedLabels = 0

    /// Where the labels begin that belong to the series that comes next.
    private(set) var firstLabel = 0
    /// How many labels there are.
    @inline(__always)
    var labelCount: Int { flushedLabels &+ blockedLabels }

    /// Takes a batch's arrays, which are empty, or gives them back.
    mutating func exchange(with batch: inout SampleBatch) {
        flushSeries()
        flushLabels()
        swap(&series, &batch.series)
        swap(&samples, &batch.samples)
        swap(&labels, &batch.labels)
    }

    /// Adds a label of the series that comes next.
    @inline(__always)
    mutating func add(_ label: LabelRange) {
        if blockedLabels == Self.size { flushLabels() }
        labelBlock[blockedLabels] = label
        blockedLabels &+= 1
    }

    /// Adds a series with the labels that have been added for it, and its one sample.
    @inline(__always)
    mutating func add(_ sample: Sample, of name: ByteRange) {
        if blockedSeries == Self.rows { flushSeries() }
        let index = samples.count &+ blockedSeries
        seriesBlock[blockedSeries] = Series(
            name: name, labels: firstLabel..<labelCount, samples: index..<index &+ 1)
        sampleBlock[blockedSeries] = sample
        blockedSeries &+= 1
        firstLabel = labelCount
    }

    /// Makes room so that so many labels can be added and taken back.
    @inline(__always)
    mutating func makeRoom(labels count: Int) {
        if blockedLabels &+ count > Self.size { flushLabels() }
    }

    /// Takes back the labels of the series that comes next; room had been made for them.
    mutating func takeBackLabels() {
        blockedLabels = firstLabel - flushedLabels
    }

    /// A label of the series that comes next.
    mutating func label(at index: Int) -> LabelRange {
        index < flushedLabels ? labels[index] : labelBlock[index - flushedLabels]
    }

    /// Gives a label of the series that comes next another value.
    mutating func setValue(_ value: ByteRange, ofLabel index: Int) {
        if index < flushedLabels {
            labels[index].value = value
        } else {
            labelBlock[index - flushedLabels].value = value
        }
    }

    @inline(never)
    private mutating func flushLabels() {
        guard blockedLabels > 0 else { return }
        let block = labelBlock.span
        let count = blockedLabels
        labels.append(addingCapacity: count) { labels in
            for index in 0..<count { labels.append(block[index]) }
        }
        flushedLabels += count
        blockedLabels = 0
    }

    @inline(never)
    private mutating func flushSeries() {
        guard blockedSeries > 0 else { return }
        let count = blockedSeries
        let seriesBlock = seriesBlock.span
        series.append(addingCapacity: count) { series in
            for index in 0..<count { series.append(seriesBlock[index]) }
        }
        let sampleBlock = sampleBlock.span
        samples.append(addingCapacity: count) { samples in
            for index in 0..<count { samples.append(sampleBlock[index]) }
        }
        blockedSeries = 0
    }
}
