public import Samples

/// Parses the Prometheus text format, 0.0.4 and the quoted names of 1.0.0 (contract B4).
///
/// It is as strict as the Pushgateway's parser and has its error texts. It accepts just this besides: no line feed at
/// the end, CRLF, a byte order mark, blanks at a line's end, anything in the texts of HELP lines, the OpenMetrics type
/// names. A parser is reused from push to push, for its memory.
public struct TextParser: Sendable {
    private var lines = TextLines(.prometheus)

    /// A parser without memory yet.
    public init() {}

    /// The most memory that a batch and the parser take for a body besides its bytes, until the batch is canonical.
    public static func largestSize(of body: borrowing Span<UInt8>) -> Int { TextSize(of: body, in: .prometheus).bytes }

    /// Parses the body that stands in `batch.arena`, whose other arrays are empty; all or nothing.
    ///
    /// It appends to the arena: 64 bytes of slack, and the texts that are not in the body as they are. Each line
    /// becomes a series with one sample. `canonicalBuckets` asks for the bounds of histograms and summaries in
    /// canonical form (contract B11). Every NaN becomes the ordinary one (B9). After an error the batch is empty but
    /// for the arena.
    public mutating func parse(_ batch: inout SampleBatch, canonicalBuckets: Bool) throws(ExpositionError) {
        defer { lines.forget() }
        try lines.parse(&batch, canonicalBuckets: canonicalBuckets)
    }
}
