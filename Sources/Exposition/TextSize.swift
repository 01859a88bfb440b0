internal import Bytes
internal import Samples

/// Adds up what a body of text asks for: a short line may become much.
///
/// It looks at where lines begin and end, and no further than to their names.
struct TextSize {
    /// A series, its sample, and their places in the tables of `canonicalize`.
    private static let row = 96
    /// What a line of OpenMetrics may have besides: a start time; an exemplar, which begins with `#`.
    private static let (details, exemplar) = (112, 96)
    /// A label.
    private static let label = 16
    /// What a label takes in a series of more than 16 while they are compared and sorted.
    private static let wideLabel = 64
    /// A name, its family, and their places in tables; and a line that says something of one.
    private static let (name, comment) = (112, 160)
    /// How often a line is there at most while its escapes are resolved; and what HELP says, which is mended besides.
    private static let (copies, mendedCopies) = (2, 6)

    private let dialect: Dialect
    /// The beginning of the last sample's line up to behind its name.
    private var head = 0..<0
    /// Where the next backslash is.
    private var backslash = -1
    private var longestLine = 0
    /// What texts take that do not stand in the body as they are.
    private var rewritten = 0
    /// The sum.
    private(set) var bytes = 0

    /// What a body in this dialect asks for besides its bytes.
    init(of body: borrowing Span<UInt8>, in dialect: Dialect) {
        self.dialect = dialect
        var start = 0
        while start < body.count {
            let end = BlockScanner.find(Byte.lineFeed, in: body, from: start)
            if end > start { add(body, start..<end) }
            start = end + 1
        }
        // Each label has two quotes.
        let labels = BlockScanner.occurrences(of: Byte.quote, in: body) / 2
        if dialect == .openMetrics { bytes += BlockScanner.occurrences(of: Byte.hash, in: body) * Self.exemplar }
        bytes += labels * Self.label + min(labels, longestLine / 5) * Self.wideLabel
        // Long numbers and names are copied.
        bytes += 3 * longestLine
        // What is rewritten goes behind the body, which may move for it.
        if rewritten > 0 { bytes += rewritten + body.count }
    }

    private mutating func add(_ body: borrowing Span<UInt8>, _ line: Range<Int>) {
        longestLine = max(longestLine, line.count)
        if backslash < line.lowerBound {
            backslash = BlockScanner.find(Byte.backslash, in: body, from: line.lowerBound)
        }
        let hasEscape = backslash < line.upperBound
        var start = line.lowerBound
        while start < line.upperBound, Byte.isBlank(body[start]) { start += 1 }
        guard start < line.upperBound else { return }
        if body[start] == Byte.hash {
            bytes += Self.comment + 2 * line.count
            if hasEscape || !BlockScanner.isASCII(body, line) { rewritten += line.count * Self.mendedCopies }
            return
        }
        bytes += dialect == .openMetrics ? Self.row + Self.details : Self.row
        if hasEscape { rewritten += line.count * Self.copies }
        if !head.isEmpty, BlockScanner.repeats(body, head, at: start) { return }
        head = start..<(nameEnd(body, start..<line.upperBound) ?? start)
        bytes += Self.name + 2 * (head.isEmpty ? line.count : head.count)
    }

    /// The index behind the byte that ends the name with which a sample's line begins; nil where that is not plain to see.
    private func nameEnd(_ body: borrowing Span<UInt8>, _ line: Range<Int>) -> Int? {
        var at = line.lowerBound
        if body[at] == Byte.openingBrace {
            guard line.count > 2, body[at + 1] == Byte.quote else { return nil }
            at = BlockScanner.quotedEnd(body, from: at + 2)
            guard at + 1 < line.upperBound, body[at] == Byte.quote else { return nil }
            // Else it is a label's name.
            return body[at + 1] == Byte.comma || body[at + 1] == Byte.closingBrace ? at + 2 : nil
        }
        guard Byte.beginsMetricName(body[at]) else { return nil }
        at = BlockScanner.nameEnd(body, from: at)
        return at < line.upperBound ? at + 1 : nil
    }
}
