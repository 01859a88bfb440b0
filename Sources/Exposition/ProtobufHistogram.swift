internal import Bytes
internal import Samples

/// A `Histogram` or a `Summary` that is being read.
struct ProtobufHistogram: Sendable {
    /// A bucket or a quantile.
    struct Point: Sendable {
        /// How many observations there are up to the bound, or the value of the quantile.
        var value = 0.0
        var bound = 0.0
        /// The index of its exemplar in `SampleBatch.exemplars`; -1 where there is none.
        var exemplar = -1
    }

    /// The fields that are there once.
    struct Fields: Sendable {
        var count: UInt64 = 0
        var floatCount = 0.0
        var sum = 0.0
        var schema: Int32 = 0
        var zeroThreshold = 0.0
        var zeroCount: UInt64 = 0
        var floatZeroCount = 0.0
        var created = ProtobufTime()
        /// Whether there are exemplars besides those of buckets, with a time or without.
        var hasExemplars = false
        /// Whether there are fields that only native histograms have.
        var mayBeNative = false
    }

    private(set) var fields = Fields()
    private(set) var points: [Point] = []
    private(set) var negative = ProtobufBuckets()
    private(set) var positive = ProtobufBuckets()
    /// The exemplars of the native histogram, all with a time.
    private(set) var exemplars: [Exemplar] = []

    /// How many observations there are; floating point goes before where it is more than zero.
    var count: Double { fields.floatCount > 0 ? fields.floatCount : Double(fields.count) }

    /// Begins a message, and keeps the memory of the one before.
    mutating func begin() {
        points.removeAll(keepingCapacity: true)
        if fields.mayBeNative {
            negative.removeAll()
            positive.removeAll()
            exemplars.removeAll(keepingCapacity: true)
        }
        fields = Fields()
    }

    /// Lets go of the memory that a giant message asked for.
    mutating func forget() {
        let largest = max(points.capacity, exemplars.capacity, negative.capacity, positive.capacity)
        guard largest > 1 << 10 else { return }
        self = ProtobufHistogram()
    }

    /// Reads a `Summary`, or goes on with one that is there again.
    mutating func readSummary(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) {
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x08: fields.count = try reader.varint(bytes)
            case 0x11: fields.sum = try reader.double(bytes)
            case ProtobufTag.point: points.append(try Self.quantile(bytes, try reader.run(bytes)))
            case 0x22: try fields.created.read(bytes, try reader.run(bytes))
            case let tag: try reader.skip(bytes, tag, in: .summary)
            }
        }
    }

    private static func quantile(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) -> Point {
        var point = Point()
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x09: point.bound = try reader.double(bytes)
            case 0x11: point.value = try reader.double(bytes)
            case let tag: try reader.skip(bytes, tag, in: .quantile)
            }
        }
        return point
    }

    /// Reads a `Histogram`, or goes on with one that is there again.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, into batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x08: fields.count = try reader.varint(bytes)
            case 0x11: fields.sum = try reader.double(bytes)
            case ProtobufTag.point: points.append(try Self.bucket(bytes, try reader.run(bytes), into: &batch))
            case 0x21: fields.floatCount = try reader.double(bytes)
            case 0x7a: try fields.created.read(bytes, try reader.run(bytes))
            case let tag: try readNative(bytes, tag, &reader, into: &batch)
            }
        }
    }

    @inline(__always)
    private static func bucket(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, into batch: inout SampleBatch
    ) throws(ProtobufError.Problem) -> Point {
        var point = Point()
        var (count, floatCount): (UInt64, Double) = (0, 0)
        var exemplar: ProtobufExemplar?
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x08: count = try reader.varint(bytes)
            case 0x11: point.bound = try reader.double(bytes)
            case 0x1a:
                if exemplar == nil { exemplar = ProtobufExemplar(in: batch) }
                try exemplar?.read(bytes, try reader.run(bytes), into: &batch)
            case 0x21: floatCount = try reader.double(bytes)
            case let tag: try reader.skip(bytes, tag, in: .bucket)
            }
        }
        point.value = floatCount > 0 ? floatCount : Double(count)
        if let exemplar {
            point.exemplar = batch.exemplars.count
            batch.exemplars.append(try exemplar.finish(bytes, in: &batch))
        }
        return point
    }

    /// Reads a field that only native histograms have, or one that is unknown.
    @inline(never)
    private mutating func readNative(
        _ bytes: borrowing Span<UInt8>, _ tag: UInt64, _ reader: inout ProtobufReader, into batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        fields.mayBeNative = true
        switch tag {
        case 0x28: fields.schema = ProtobufBuckets.sint32(try reader.varint(bytes))
        case 0x31: fields.zeroThreshold = try reader.double(bytes)
        case 0x38: fields.zeroCount = try reader.varint(bytes)
        case 0x41: fields.floatZeroCount = try reader.double(bytes)
        case 0x4a, 0x50, 0x52, 0x59, 0x5a: try negative.read(bytes, tag &- 0x48, &reader)
        case 0x62, 0x68, 0x6a, 0x71, 0x72: try positive.read(bytes, tag &- 0x60, &reader)
        case 0x82:
            var exemplar = ProtobufExemplar(in: batch)
            try exemplar.read(bytes, try reader.run(bytes), into: &batch)
            let finished = try exemplar.finish(bytes, in: &batch)
            fields.hasExemplars = true
            if finished.timestamp != nil { exemplars.append(finished) }
        default: try reader.skip(bytes, tag, in: .histogram)
        }
    }
}
