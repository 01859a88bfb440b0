internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a sample whose line has the form of one of the last ones; -1 if it has another.
    @inline(__always)
    mutating func readAlike(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        guard hasHead(bytes, start, of: skeleton) || recallSkeleton(bytes, start) else { return -1 }
        let at = start &+ Int(skeleton.head.count)
        guard !skeleton.labels.isEmpty else { return readAlikeValue(bytes, at, into: &rows) }
        rows.makeRoom(labels: LineSkeleton.widest)
        let next = try readAlikeLabels(bytes, at, into: &rows)
        guard next >= 0 else {
            rows.takeBackLabels()
            return -1
        }
        return try readValue(bytes, next, into: &rows)
    }

    @inline(__always)
    private func hasHead(_ bytes: borrowing Span<UInt8>, _ start: Int, of skeleton: borrowing LineSkeleton) -> Bool {
        skeleton.isUsable && BlockScanner.repeats(bytes, skeleton.head.indices, at: start)
    }

    /// Makes the skeleton that the line at `start` has the head of the current one, if it is among the earlier ones.
    @inline(never)
    private mutating func recallSkeleton(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
        for index in earlier.indices where hasHead(bytes, start, of: earlier[index]) {
            swap(&skeleton, &earlier[index])
            // The line between may have had a bound; a skeleton that has one says so again.
            hasBound = false
            return true
        }
        return false
    }

    /// Puts the skeleton aside, and begins another one.
    mutating func beginSkeleton(at start: Int) {
        if skeleton.isUsable {
            oldest = (oldest + 1) % earlier.count
            swap(&skeleton, &earlier[oldest])
        }
        skeleton.begin(at: start)
    }

    /// Forgets the forms of all lines.
    mutating func forgetSkeletons() {
        skeleton.begin(at: 0)
        for index in earlier.indices { earlier[index].begin(at: 0) }
    }

    /// Adds the labels of a line whose head has been found.
    @inline(__always)
    private mutating func readAlikeLabels(
        _ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows
    ) throws(ExpositionError) -> Int {
        var at = start
        for place in 0..<skeleton.labels.count {
            var end = BlockScanner.plainEnd(bytes, from: at)
            if bytes[end] >= 0x80 {
                end = BlockScanner.quotedEnd(bytes, from: end)
                guard UTF8Validation.isValid(bytes, at..<end) else { return -1 }
            }
            let value = ByteRange(offset: at, count: end &- at)
            let label = skeleton.labels[place]
            guard BlockScanner.repeats(bytes, label.gap.indices, at: end) else { return -1 }
            rows.add(LabelRange(name: label.name, value: value))
            if place == skeleton.bound { try readBound(bytes, value, of: rows.labelCount &- 1, in: &rows) }
            at = end &+ Int(label.gap.count)
        }
        return at
    }

    /// Reads the value of a line without labels, if it is an ordinary one.
    ///
    /// The text before it might go on where something else stands there: with labels, which may follow a blank.
    @inline(__always)
    private mutating func readAlikeValue(_ bytes: borrowing Span<UInt8>, _ start: Int, into rows: inout SampleRows)
        -> Int
    {
        let (value, end) = DecimalNumber.scan(bytes, from: start)
        guard end >= 0, bytes[end] == Byte.lineFeed, !(skeleton.name.isHistogram && value < 0) else { return -1 }
        rows.add(Sample(value: value, timestamp: nil), of: skeleton.name.text)
        return end &+ 1
    }
}
