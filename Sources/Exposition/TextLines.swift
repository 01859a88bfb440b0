internal import Bytes
internal import Samples

/// The lines of a body in text format, read one after the other.
///
/// Lines that look like earlier ones are read the same way in both dialects; only what reads any line asks which one it
/// is in.
///
/// Its methods take the bytes and the index at which to go on, and return the index behind what they have read. Behind
/// the body, at `end`, stands a line feed that is not the pusher's: an error that is only found there means that the
/// body ends too early. What reads on is `mutating` even where it changes nothing: the compiler copies so large a
/// structure for a method that is not.
struct TextLines: Sendable {
    /// The form of the last sample's line, and its name.
    var skeleton = LineSkeleton()
    /// Where the body ends.
    var end = 0
    /// The number of the line that is being read.
    var line = 0
    /// Texts that do not stand in the body as they are: without their escapes, or in canonical form.
    var spill: [UInt8] = []
    /// Where the spill is going to stand in the arena.
    var spillStart = 0
    var bounds = BoundTexts()
    /// Whether the bounds of buckets and quantiles are to become canonical.
    var canonicalBuckets = true
    /// Whether the sample has the label that its family asks for.
    var hasBound = false
    /// The forms before the skeleton: a histogram's lines take turns.
    var earlier = Array(repeating: LineSkeleton(), count: 3)
    /// Which of the earlier ones was put aside first.
    var oldest = 0
    /// Where names of many labels are looked for twice: their numbers from 1, by hash; zero where there is none.
    var nameSlots: [UInt32] = []
    var families: FamilyTable
    /// The format of the body.
    let dialect: Dialect
    var exemplars = ExemplarRows()
    /// Whether `# EOF` has come, which ends OpenMetrics.
    var isEnded = false

    /// The lines of bodies in a dialect.
    init(_ dialect: Dialect) {
        self.dialect = dialect
        families = FamilyTable(dialect)
    }

    /// Reads all lines, and adds their samples to `rows`.
    mutating func read(_ bytes: borrowing Span<UInt8>, into rows: inout SampleRows) throws(ExpositionError) {
        var at = 0
        if dialect == .prometheus, end >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { at = 3 }
        while at < end {
            line &+= 1
            let next = try readAlike(bytes, at, into: &rows)
            at = next >= 0 ? next : try readLine(bytes, at, into: &rows)
        }
    }

    /// Reads any line.
    @inline(never)
    private mutating func readLine(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        if dialect == .openMetrics { return try readOpenMetricsLine(bytes, start, into: &rows) }
        let at = skipBlanks(bytes, start)
        if let next = lineEnd(bytes, at) { return next }
        if bytes[at] == Byte.hash { return try readComment(bytes, at + 1) }
        beginSkeleton(at: start)
        hasBound = false
        switch bytes[at] {
        case Byte.openingBrace: return try readBracedSample(bytes, at + 1, into: &rows)
        case Byte.quote: return try readQuotedSample(bytes, at + 1, into: &rows)
        default: return try readSample(bytes, at, into: &rows)
        }
    }

    /// The index behind the line's end, if nothing but blanks comes before it.
    ///
    /// A carriage return belongs to a line's end only before a line feed of the pusher's.
    @inline(__always)
    func lineEnd(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int? {
        let at = skipBlanks(bytes, start)
        if bytes[at] == Byte.lineFeed { return at &+ 1 }
        return bytes[at] == Byte.carriageReturn && isLineFeed(bytes, at &+ 1) ? at &+ 2 : nil
    }

    /// Whether a line feed of the pusher's stands there.
    @inline(__always)
    func isLineFeed(_ bytes: borrowing Span<UInt8>, _ at: Int) -> Bool { bytes[at] == Byte.lineFeed && at < end }

    @inline(__always)
    func skipBlanks(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
        var at = start
        while Byte.isBlank(bytes[at]) { at &+= 1 }
        return at
    }

    /// An error that is found at this index.
    func failure(_ problem: ExpositionError.Problem, at index: Int) -> ExpositionError {
        guard index >= end else { return failure(problem) }
        return failure(dialect == .prometheus ? .unexpectedEnd : .missingEOF)
    }

    /// An error in this line, wherever the body ends.
    func failure(_ problem: ExpositionError.Problem) -> ExpositionError {
        ExpositionError(line: line, problem: problem, in: dialect)
    }

    /// The name of the current sample's family, for an error.
    var familyName: [UInt8] {
        Array(families.text(ofFamily: skeleton.name.family).prefix(ExpositionError.longestToken))
    }
}
