internal import Bytes
internal import Samples

extension TextLines {
    /// Reads the value and what follows it in the line, and adds the sample.
    @inline(__always)
    mutating func readValue(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        let (number, end) = DecimalNumber.scan(bytes, from: start)
        var sample = Sample(value: number, timestamp: nil)
        var next = end &+ 1
        if end < 0 || bytes[end] != Byte.lineFeed {
            (sample.timestamp, next) = readPlainTime(bytes, behind: end)
            if next < 0 || number < 0 { (sample, next) = try readLongValue(bytes, start) }
        } else if skeleton.name.isHistogram, number < 0 {
            try checkCount(at: end)
        }
        rows.add(sample, of: skeleton.name.text)
        return next
    }

    /// Reads the timestamp that stands one blank behind a value and ends its line; -1 where it does not.
    @inline(never)
    private func readPlainTime(_ bytes: borrowing Span<UInt8>, behind end: Int) -> (time: Int64?, next: Int) {
        guard end >= 0, bytes[end] == Byte.blank else { return (nil, -1) }
        let (time, timeEnd) =
            switch dialect {
            case .prometheus: DecimalInteger.scan(bytes, from: end &+ 1)
            case .openMetrics: Int64.scan(secondsIn: bytes, from: end &+ 1)
            }
        guard timeEnd >= 0, bytes[timeEnd] == Byte.lineFeed else { return (nil, -1) }
        return (time, timeEnd &+ 1)
    }

    /// Reads any value, and what follows it.
    @inline(never)
    private mutating func readLongValue(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (Sample, Int) {
        switch dialect {
        case .prometheus: try readValueAndTimestamp(bytes, skipBlanks(bytes, start))
        case .openMetrics: try readTail(bytes, start)
        }
    }

    private mutating func readValueAndTimestamp(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (Sample, Int) {
        let tokenEnd = self.tokenEnd(bytes, start)
        let valueEnd = withoutCarriageReturn(bytes, start..<tokenEnd)
        guard let value = DecimalNumber.parse(bytes, start..<valueEnd) else {
            throw failure(.notAFloat(token(bytes, start..<tokenEnd)), at: tokenEnd)
        }
        if skeleton.name.isHistogram, value < 0 { try checkCount(at: tokenEnd) }
        if let next = lineEnd(bytes, valueEnd) { return (Sample(value: value, timestamp: nil), next) }
        let (timestamp, next) = try readTimestamp(bytes, skipBlanks(bytes, valueEnd))
        return (Sample(value: value, timestamp: timestamp), next)
    }

    private mutating func readTimestamp(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (Int64, Int) {
        let tokenEnd = self.tokenEnd(bytes, start)
        let timestampEnd = withoutCarriageReturn(bytes, start..<tokenEnd)
        guard let timestamp = DecimalInteger.parse(bytes, start..<timestampEnd) else {
            throw failure(.notATimestamp(token(bytes, start..<tokenEnd)), at: tokenEnd)
        }
        if let next = lineEnd(bytes, timestampEnd) { return (timestamp, next) }
        let rest = tokenEnd..<BlockScanner.find(Byte.lineFeed, in: bytes, from: tokenEnd)
        // The Pushgateway's parser drops backslashes here.
        throw failure(.spuriousText(token(bytes, rest).filter { $0 != Byte.backslash }), at: rest.upperBound)
    }

    /// The index of the first blank or line feed.
    private func tokenEnd(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
        var at = start
        while !Byte.isBlank(bytes[at]), bytes[at] != Byte.lineFeed { at += 1 }
        return at
    }

    /// Where a token ends if it is followed by CRLF.
    private func withoutCarriageReturn(_ bytes: borrowing Span<UInt8>, _ token: Range<Int>) -> Int {
        guard let last = token.last, bytes[last] == Byte.carriageReturn, isLineFeed(bytes, token.upperBound) else {
            return token.upperBound
        }
        return last
    }

    /// Refuses a negative number of observations.
    @inline(never)
    private mutating func checkCount(at index: Int) throws(ExpositionError) {
        switch skeleton.name.role {
        case .count: throw failure(.negativeCount(family: familyName), at: index)
        case .sum: return
        default:
            if hasBound { throw failure(.negativeBucket(family: familyName), at: index) }
        }
    }
}
