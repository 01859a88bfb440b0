internal import Bytes
internal import Samples

/// What stands behind the labels of a sample in OpenMetrics: value, timestamp, exemplar.
extension TextLines {
    /// Reads the value and what follows it.
    mutating func readTail(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (Sample, Int) {
        guard let (value, valueEnd) = readNumber(bytes, start) else {
            let token = start..<tailEnd(bytes, start)
            throw failure(.notAFloat(self.token(bytes, token)), at: token.upperBound)
        }
        var sample = Sample(value: value, timestamp: nil)
        var at = valueEnd
        if bytes[at] == Byte.blank, !isExemplar(bytes, at) {
            (sample.timestamp, at) = try readSeconds(bytes, at + 1, of: "timestamp")
        }
        if isExemplar(bytes, at) { (sample.details, at) = try readExemplar(bytes, at + 4) }
        guard bytes[at] == Byte.lineFeed else {
            throw failure(.unexpected(bytes[at], expected: "the line's end or an exemplar"), at: at)
        }
        return (sample, at + 1)
    }

    /// Reads an exemplar behind its opening brace; returns what the sample says in `details`.
    private mutating func readExemplar(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (UInt32, Int) {
        let (labels, labelsEnd) = try readExemplarLabels(bytes, start)
        guard bytes[labelsEnd] == Byte.blank else {
            throw failure(
                .unexpected(bytes[labelsEnd], expected: "one blank before the exemplar's value"), at: labelsEnd)
        }
        guard let (value, valueEnd) = readNumber(bytes, labelsEnd + 1) else {
            let token = labelsEnd + 1..<tailEnd(bytes, labelsEnd + 1)
            let problem = ExpositionError.Problem.unreadable(
                self.token(bytes, token), expected: "float as exemplar value")
            throw failure(problem, at: token.upperBound)
        }
        var exemplar = Exemplar(labels: labels, value: value, timestamp: nil)
        var at = valueEnd
        if bytes[at] == Byte.blank {
            (exemplar.timestamp, at) = try readSeconds(bytes, at + 1, of: "exemplar timestamp")
        }
        guard bytes[at] == Byte.lineFeed else {
            throw failure(.unexpected(bytes[at], expected: "the line's end behind the exemplar"), at: at)
        }
        return (exemplars.add(exemplar), at)
    }

    /// Reads a time in seconds; returns it in milliseconds, the rest cut off.
    private mutating func readSeconds(
        _ bytes: borrowing Span<UInt8>, _ start: Int, of part: String
    ) throws(ExpositionError) -> (Int64, Int) {
        if let (seconds, end) = readNumber(bytes, start), let time = Int64(seconds: seconds) { return (time, end) }
        let token = start..<tailEnd(bytes, start)
        let problem = ExpositionError.Problem.unreadable(self.token(bytes, token), expected: "seconds as \(part)")
        throw failure(problem, at: token.upperBound)
    }

    /// Reads the number up to the next blank or line feed, or nil if that is none.
    private mutating func readNumber(_ bytes: borrowing Span<UInt8>, _ start: Int) -> (value: Double, end: Int)? {
        let (value, end) = DecimalNumber.scan(bytes, from: start)
        if end >= 0, bytes[end] == Byte.blank || bytes[end] == Byte.lineFeed { return (value, end) }
        let tokenEnd = tailEnd(bytes, start)
        return DecimalNumber.parse(bytes, start..<tokenEnd).map { ($0, tokenEnd) }
    }

    /// The index of the next blank or line feed.
    private mutating func tailEnd(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
        var at = start
        while bytes[at] != Byte.blank, bytes[at] != Byte.lineFeed { at += 1 }
        return at
    }

    /// Whether ` # {` stands there.
    private mutating func isExemplar(_ bytes: borrowing Span<UInt8>, _ at: Int) -> Bool {
        bytes[at] == Byte.blank && bytes[at + 1] == Byte.hash && bytes[at + 2] == Byte.blank
            && bytes[at + 3] == Byte.openingBrace
    }
}

extension Int64 {
    /// A time in seconds as milliseconds, the rest cut off; nil where there is no such number.
    init?(seconds: Double) {
        let milliseconds = seconds * 1000
        guard milliseconds >= -0x1p63, milliseconds < 0x1p63 else { return nil }
        self.init(milliseconds)
    }

    /// Reads a time in seconds that is an ordinary number, in milliseconds; -1 for its end where it is another.
    static func scan(secondsIn bytes: borrowing Span<UInt8>, from start: Int) -> (value: Int64, end: Int) {
        let (seconds, end) = DecimalNumber.scan(bytes, from: start)
        guard end >= 0, let time = Int64(seconds: seconds) else { return (0, -1) }
        return (time, end)
    }
}
