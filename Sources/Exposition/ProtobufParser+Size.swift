internal import Bytes

// What a body becomes has no bound in its length alone: a histogram has its labels once, and each of its series has them
// again. So it is counted before any memory is taken.
extension ProtobufParser {
    /// The most memory that a batch and the parser take for a body besides its bytes, until the batch is canonical.
    ///
    /// It reads tags and lengths only, of families, metrics and the buckets of histograms. It stops where the body is
    /// broken, as the parser will.
    public static func largestSize(of body: borrowing Span<UInt8>) -> Int {
        var size = ProtobufSize()
        try? size.add(body)
        return size.bytes
    }
}

/// Adds up what a body asks for.
private struct ProtobufSize {
    /// A series, its sample, and their places in the tables of `canonicalize`.
    private static let row = 96
    private static let label = 16
    /// What a bucket or quantile takes besides its series: itself, the text of its bound, an exemplar twice, details.
    private static let point = 168
    /// What an exemplar takes with its details.
    private static let exemplar = 80
    /// What a native histogram takes besides its buckets.
    private static let native = 256
    /// What a byte of packed buckets, of spans or of exemplars becomes at most, in the parser and in the batch.
    private static let byte = 16
    /// What a byte of the labels of an exemplar becomes at most.
    private static let labelByte = 4
    /// A family, and its place in the table of names.
    private static let family = 64
    /// How often a name or what HELP says is there at most besides.
    private static let copies = 8

    /// It begins with the slack in the arena, and the names `le` and `quantile`.
    var bytes = 128

    mutating func add(_ body: borrowing Span<UInt8>) throws(ProtobufError.Problem) {
        var reader = ProtobufReader(0..<body.count)
        while !reader.isAtEnd { try addFamily(body, try reader.delimited(body)) }
    }

    private mutating func addFamily(
        _ body: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) {
        bytes += Self.family
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(body) {
            case ProtobufTag.metric: try addMetric(body, try reader.run(body))
            // Three names with a suffix, or two bytes of a mended text for each: while they grow, and when they go
            // behind the body.
            case ProtobufTag.name, ProtobufTag.help: bytes += Self.copies * (try reader.run(body).count + 7)
            case ProtobufTag.type: _ = try reader.varint(body)
            case ProtobufTag.unit: _ = try reader.run(body)
            case let tag: try reader.skip(body, tag, in: .metricFamily)
            }
        }
    }

    @inline(__always)
    private mutating func addMetric(
        _ body: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) {
        var (labels, rows) = (0, 0)
        // Also where it throws: labels are kept until their metric is complete.
        defer { bytes &+= max(rows, 1) &* (Self.row &+ (labels &+ 1) &* Self.label) }
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(body) {
            case ProtobufTag.label:
                _ = try reader.run(body)
                labels &+= 1
            case ProtobufTag.gauge, ProtobufTag.counter, ProtobufTag.untyped:
                let value = try reader.run(body)
                rows &+= 1
                if value.count != 9 || body[value.lowerBound] != 0x09 {
                    bytes &+= Self.exemplar &+ value.count &* Self.labelByte
                }
            case ProtobufTag.summary, ProtobufTag.histogram: rows += try addPoints(body, try reader.run(body))
            case ProtobufTag.timestamp: _ = try reader.varint(body)
            case let tag: try reader.skip(body, tag, in: .metric)
            }
        }
    }

    /// Adds what a histogram or summary takes besides its rows; returns how many these are.
    private mutating func addPoints(
        _ body: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) -> Int {
        // The count, the sum, the bucket `+Inf`, and the native histogram.
        var rows = 4
        bytes += Self.native + message.count * Self.byte
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            let tag = try reader.varint(body)
            switch tag {
            case ProtobufTag.point:
                let point = try reader.run(body)
                bytes += Self.point - point.count * (Self.byte - Self.labelByte)
                rows += 1
            case 0x08, 0x38: _ = try reader.varint(body)
            case 0x11, 0x21: _ = try reader.fixed64(body)
            default: try reader.skipAny(body, tag)
            }
        }
        return rows
    }
}
