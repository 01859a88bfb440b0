internal import Samples

/// What a sample's line has in common with the next ones: everything but the values of its labels, and its own value.
///
/// Clients write one line like the other. So the texts around the values of a line that has been read are looked for at
/// the same places in the next line: where they stand there, they mean the same, whatever they look like. The skeleton
/// of
///
///     http_requests_total{method="GET",status="200"} 1027
///
/// is the head `http_requests_total{method="`, and the gaps `",status="` and `"} ` behind the label values.
struct LineSkeleton: Sendable {
    /// A label, and what follows its value.
    struct Label: Sendable {
        var name = ByteRange.none
        /// From the closing quote to the next value, of a label or of the sample.
        var gap = ByteRange.none
    }

    /// How many labels it has at most.
    static let widest = 16

    /// The name of the sample.
    var name = SampleName()
    /// From the first byte of the line to the first value.
    private(set) var head = ByteRange.none
    private(set) var labels: [Label] = []
    /// Which label says which bucket or quantile the sample is; -1 if none does.
    var bound = -1
    /// Whether there is a skeleton to look for.
    private(set) var isUsable = false
    /// Where the text that comes next begins.
    private var start = 0

    /// Begins a line.
    mutating func begin(at start: Int) {
        isUsable = false
        labels.removeAll(keepingCapacity: true)
        bound = -1
        self.start = start
    }

    /// Adds a label whose value, as it is written, is this range.
    mutating func add(_ name: ByteRange, value: Range<Int>) {
        endText(at: value.lowerBound)
        if labels.count <= Self.widest { labels.append(Label(name: name)) }
        start = value.upperBound
    }

    /// Ends with the text before the sample's value.
    ///
    /// Where there are no labels, that must be behind a blank: what follows the text might belong to the name.
    mutating func finish(at end: Int, isBehindBlank: Bool) {
        endText(at: end)
        isUsable = labels.count <= Self.widest && (!labels.isEmpty || isBehindBlank)
    }

    private mutating func endText(at end: Int) {
        let text = ByteRange(offset: start, count: end - start)
        if labels.isEmpty { head = text } else { labels[labels.count - 1].gap = text }
    }
}
