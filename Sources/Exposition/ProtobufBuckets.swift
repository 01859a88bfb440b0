internal import Bytes
internal import Samples

/// The buckets of a native histogram on one side of zero, as the message has them.
struct ProtobufBuckets: Sendable {
    private(set) var spans: [NativeHistogram.Span] = []
    /// Where whole observations are counted, the differences to the bucket before.
    private var deltas: [Int64] = []
    private var counts: [Double] = []

    /// How many spans or buckets there is memory for.
    var capacity: Int { max(spans.capacity, deltas.capacity, counts.capacity) }

    /// Removes the buckets, and keeps their memory.
    mutating func removeAll() {
        spans.removeAll(keepingCapacity: true)
        deltas.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
    }

    /// Reads a field by its tag, as if the fields had the numbers 0 for spans, 1 for differences, 2 for counts, each
    /// number alone or packed with others.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, _ tag: UInt64, _ reader: inout ProtobufReader
    ) throws(ProtobufError.Problem) {
        switch tag {
        case 0x02: spans.append(try Self.span(bytes, try reader.run(bytes)))
        case 0x08: deltas.append(Self.sint64(try reader.varint(bytes)))
        case 0x0a:
            var packed = ProtobufReader(try reader.run(bytes))
            while !packed.isAtEnd { deltas.append(Self.sint64(try packed.varint(bytes))) }
        case 0x11: counts.append(try reader.double(bytes))
        default:
            var packed = ProtobufReader(try reader.run(bytes))
            while !packed.isAtEnd { counts.append(try packed.double(bytes)) }
        }
    }

    private static func span(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) -> NativeHistogram.Span {
        var span = NativeHistogram.Span(offset: 0, length: 0)
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x08: span.offset = sint32(try reader.varint(bytes))
            case 0x10: span.length = UInt32(truncatingIfNeeded: try reader.varint(bytes))
            case let tag: try reader.skip(bytes, tag, in: .bucketSpan)
            }
        }
        return span
    }

    /// The number that protobuf writes as this one, so that small absolute values stay short.
    static func sint32(_ written: UInt64) -> Int32 {
        let value = UInt32(truncatingIfNeeded: written)
        return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
    }

    private static func sint64(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}

// Only buckets with observations go on, in the fewest spans: the form in which Prometheus keeps what it scrapes.
extension ProtobufBuckets {
    /// Adds the buckets of a histogram of whole observations, which are added to `observed`.
    func addIntegers(
        to batch: inout SampleBatch, observed: inout UInt64
    ) throws(ProtobufError.Problem) -> NativeHistogram.Buckets {
        try checkSpans(values: deltas.count)
        var places = Places(behind: batch.spans.count)
        let first = batch.deltas.count
        var (count, kept): (Int64, Int64) = (0, 0)
        var value = 0
        for span in spans {
            places.next += Int64(span.offset)
            for _ in 0..<span.length {
                let (sum, overflows) = count.addingReportingOverflow(deltas[value])
                guard !overflows, sum >= 0 else { throw .negativeBucket }
                count = sum
                if count > 0 {
                    try places.add(to: &batch.spans)
                    batch.deltas.append(count - kept)
                    kept = count
                    let (total, isTooMuch) = observed.addingReportingOverflow(UInt64(count))
                    guard !isTooMuch else { throw .countOverflow }
                    observed = total
                }
                places.next += 1
                value += 1
            }
        }
        return NativeHistogram.Buckets(
            spans: places.first..<batch.spans.count, values: first..<batch.deltas.count)
    }

    /// Adds the buckets of a histogram that counts in floating point.
    func addFloats(to batch: inout SampleBatch) throws(ProtobufError.Problem) -> NativeHistogram.Buckets {
        try checkSpans(values: counts.count)
        var places = Places(behind: batch.spans.count)
        let first = batch.counts.count
        var value = 0
        for span in spans {
            places.next += Int64(span.offset)
            for _ in 0..<span.length {
                let count = counts[value]
                guard !(count < 0) else { throw .negativeBucket }
                if count != 0 {
                    try places.add(to: &batch.spans)
                    batch.counts.append(count)
                }
                places.next += 1
                value += 1
            }
        }
        return NativeHistogram.Buckets(
            spans: places.first..<batch.spans.count, values: first..<batch.counts.count)
    }

    /// Refuses spans that do not go with so many values, before anything is made of them.
    private func checkSpans(values: Int) throws(ProtobufError.Problem) {
        var buckets = 0
        for (index, span) in spans.enumerated() {
            guard index == 0 || span.offset >= 0 else { throw .negativeOffset(span.offset) }
            buckets += Int(span.length)
        }
        guard buckets == values else { throw .spans(buckets: buckets, of: values) }
    }

    /// Where the buckets are that go on.
    private struct Places {
        /// The first of their spans in the batch.
        let first: Int
        /// The index of the bucket that comes next.
        var next: Int64 = 0
        /// The index behind the last one that went on.
        private var end: Int64 = 0

        init(behind count: Int) { first = count }

        /// Adds the bucket to the last span, or to a new one behind a gap.
        mutating func add(to spans: inout [NativeHistogram.Span]) throws(ProtobufError.Problem) {
            guard Int32(exactly: next) != nil, let gap = Int32(exactly: next - end) else { throw .bucketOutOfRange }
            if gap == 0, spans.count > first {
                spans[spans.count - 1].length += 1
            } else {
                spans.append(NativeHistogram.Span(offset: gap, length: 1))
            }
            end = next + 1
        }
    }
}
