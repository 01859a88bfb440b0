internal import Bytes
public import Samples

/// Parses the Prometheus text format, 0.0.4 and the quoted names of 1.0.0 (contract B4).
///
/// It is as strict as the Pushgateway's parser and has its error texts. It accepts just this besides: no line feed at
/// the end, CRLF, a byte order mark, blanks at a line's end, anything in the texts of HELP lines, the OpenMetrics type
/// names. A parser is reused from push to push, for its memory.
public struct TextParser: Sendable {
    private var lines = TextLines()

    /// A parser without memory yet.
    public init() {}

    /// Parses the body that stands in `batch.arena`, whose other arrays are empty; all or nothing.
    ///
    /// It appends to the arena: 64 bytes of slack, and the texts that are not in the body as they are. Each line
    /// becomes a series with one sample. `canonicalBuckets` asks for the bounds of histograms and summaries in
    /// canonical form (contract B11). Every NaN becomes the ordinary one (B9). After an error the batch is empty but
    /// for the arena.
    public mutating func parse(_ batch: inout SampleBatch, canonicalBuckets: Bool) throws(ExpositionError) {
        precondition(batch.arena.count < Int(UInt32.max) / 2, "a body is smaller than 2 GiB")
        let end = batch.arena.count
        // The parser always finds a line feed at the end, and scans in whole blocks up to there.
        batch.arena.append(Byte.lineFeed)
        batch.arena.append(contentsOf: repeatElement(0, count: 4 * BlockScanner.slack))
        lines.begin(spillStart: batch.arena.count, end: end, canonicalBuckets: canonicalBuckets)
        defer { lines.forget() }
        var rows = SampleRows()
        rows.exchange(with: &batch)
        do throws(ExpositionError) {
            try lines.read(batch.arena.span, into: &rows)
            rows.exchange(with: &batch)
            lines.finish(&batch)
        } catch {
            rows.exchange(with: &batch)
            batch.labels.removeAll(keepingCapacity: true)
            batch.samples.removeAll(keepingCapacity: true)
            batch.series.removeAll(keepingCapacity: true)
            throw error
        }
    }
}

extension TextLines {
    /// Begins a body.
    fileprivate mutating func begin(spillStart: Int, end: Int, canonicalBuckets: Bool) {
        self.spillStart = spillStart
        self.end = end
        self.canonicalBuckets = canonicalBuckets
        skeleton.begin(at: 0)
        for index in earlier.indices { earlier[index].begin(at: 0) }
        line = 0
    }

    /// Forgets what was learned of the body, and lets go of what a giant one swelled.
    fileprivate mutating func forget() {
        spill.removeAll(keepingCapacity: spill.capacity <= 1 << 16)
        typed.removeAll(keepingCapacity: typed.capacity <= 1 << 12)
        families.removeAll()
    }

    /// Puts the texts of the spill and the types into the batch.
    fileprivate func finish(_ batch: inout SampleBatch) {
        batch.families.append(contentsOf: typed)
        guard !spill.isEmpty else { return }
        batch.arena.append(contentsOf: spill)
        batch.arena.append(contentsOf: repeatElement(0, count: BlockScanner.slack))
    }
}
