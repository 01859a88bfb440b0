import Bytes

/// A part of an encoded push: whole series, and how much they hold.
public struct EncodedPart: Sendable, Equatable {
    /// Its place in the bytes that were cut.
    public var range: Range<Int>
    /// How many samples it has, native histograms among them.
    public var samples = 0
    /// How many of the samples are native histograms.
    public var histograms = 0
    /// How many exemplars it has.
    public var exemplars = 0
    /// The earliest timestamp of its samples, in ms; `Int64.max` where there are none.
    public var earliestTimestamp = Int64.max
    /// The latest timestamp of its samples, in ms; `Int64.min` where there are none.
    public var latestTimestamp = Int64.min
    /// How many series it has.
    public var series = 0

    /// A part without anything, at this place.
    init(at start: Int) { range = start..<start }

    /// Adds what stands behind it.
    private mutating func append(_ other: EncodedPart) {
        range = range.lowerBound..<other.range.upperBound
        samples += other.samples
        histograms += other.histograms
        exemplars += other.exemplars
        earliestTimestamp = min(earliestTimestamp, other.earliestTimestamp)
        latestTimestamp = max(latestTimestamp, other.latestTimestamp)
        series += other.series
    }

    /// Cuts the bytes of a push into parts of at most so many samples and bytes.
    ///
    /// A series is never cut: one that is larger is a part of its own.
    public static func cut(_ bytes: borrowing Span<UInt8>, samples: Int, bytes limit: Int) -> [EncodedPart] {
        var parts: [EncodedPart] = []
        var part = EncodedPart(at: 0)
        var fields = EncodedFields(in: bytes.indices)
        while let field = fields.next(bytes) {
            let next = EncodedPart(field, in: bytes)
            let isFull = part.samples + next.samples > samples || part.range.count + next.range.count > limit
            if isFull, !part.range.isEmpty {
                parts.append(part)
                part = EncodedPart(at: field.whole.lowerBound)
            }
            part.append(next)
        }
        if !part.range.isEmpty { parts.append(part) }
        return parts
    }

    /// What one field of the message, a series or the metadata of a family, holds.
    private init(_ field: EncodedFields.Field, in bytes: borrowing Span<UInt8>) {
        self.init(at: field.whole.lowerBound)
        range = field.whole
        guard field.number == 1 else { return }
        series = 1
        var inner = EncodedFields(in: field.content)
        while let field = inner.next(bytes) {
            switch field.number {
            case 2, 4:
                samples += 1
                if field.number == 4 { histograms += 1 }
                let time = Self.timestamp(of: field, in: bytes)
                earliestTimestamp = min(earliestTimestamp, time)
                latestTimestamp = max(latestTimestamp, time)
            case 3: exemplars += 1
            default: break
            }
        }
    }

    /// The timestamp of a Sample or a Histogram message.
    static func timestamp(of field: EncodedFields.Field, in bytes: borrowing Span<UInt8>) -> Int64 {
        let number = field.number == 2 ? 2 : 15
        var inner = EncodedFields(in: field.content)
        while let field = inner.next(bytes) {
            if field.number == number { return Int64(bitPattern: field.varint) }
        }
        return 0
    }
}
