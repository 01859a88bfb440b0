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

    /// Cuts series into parts of at most so many samples and bytes.
    ///
    /// A series is never cut: one that is larger is a part of its own. In version 2 a part's bytes are its series and the
    /// symbols that these refer to.
    public static func cut(
        _ bytes: borrowing Span<UInt8>, _ place: EncodedPlace, samples: Int, bytes limit: Int
    ) -> [EncodedPart] {
        var parts: [EncodedPart] = []
        var part = EncodedPart(at: place.series.lowerBound)
        // Where all of it is small enough, so is each part with its symbols.
        let isSmall = place.head + place.series.count <= limit
        var symbols = isSmall ? UsedSymbols() : UsedSymbols(place, of: bytes)
        var fields = EncodedFields(in: place.series)
        while let field = fields.next(bytes) {
            let next = EncodedPart(field, in: bytes, place.version)
            symbols.use(by: field, of: bytes)
            let size = part.range.count + next.range.count + symbols.size
            let isFull = part.samples + next.samples > samples || size > limit
            if isFull, !part.range.isEmpty {
                parts.append(part)
                part = EncodedPart(at: field.whole.lowerBound)
                symbols.removeAll()
                symbols.use(by: field, of: bytes)
            }
            part.append(next)
        }
        if !part.range.isEmpty { parts.append(part) }
        return parts
    }

    /// What one field of the message, a series or the metadata of a family, holds.
    private init(_ field: EncodedFields.Field, in bytes: borrowing Span<UInt8>, _ version: RemoteWriteVersion) {
        self.init(at: field.whole.lowerBound)
        range = field.whole
        guard field.number == version.seriesField else { return }
        series = 1
        var inner = EncodedFields(in: field.content)
        while let field = inner.next(bytes) {
            switch field.number {
            case 2, version.histogramField:
                samples += 1
                if field.number != 2 { histograms += 1 }
                let time = Self.timestamp(of: field, in: bytes)
                earliestTimestamp = min(earliestTimestamp, time)
                latestTimestamp = max(latestTimestamp, time)
            case version.exemplarField: exemplars += 1
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

/// The symbols that the series of a part refer to, and their size.
private struct UsedSymbols {
    /// The bytes that they take, each once.
    private(set) var size = 0
    private var texts: [Range<Int>] = []
    /// For each symbol the number of the last part that refers to it.
    private var users: [Int] = []
    private var part = 1

    /// None, and none are looked for.
    init() {}

    init(_ place: EncodedPlace, of bytes: borrowing Span<UInt8>) {
        guard place.version == .v2 else { return }
        texts = place.symbols(bytes)
        users = Array(repeating: 0, count: texts.count)
    }

    /// Begins another part.
    mutating func removeAll() {
        part += 1
        size = 0
    }

    /// Adds what the labels of a series refer to.
    mutating func use(by series: EncodedFields.Field, of bytes: borrowing Span<UInt8>) {
        guard !texts.isEmpty else { return }
        var inner = EncodedFields(in: series.content)
        guard let labels = inner.next(bytes), labels.number == 1 else { return }
        var numbers = EncodedFields(in: labels.content)
        while let number = numbers.nextNumber(bytes) {
            guard users[Int(number)] != part else { continue }
            users[Int(number)] = part
            size += texts[Int(number)].count + 4
        }
    }
}

extension EncodedPush {
    /// The parts of at most so many samples and bytes that it can be cut into, and where the symbols of each end.
    ///
    /// Where it is several messages these are the parts, cut where they are too large.
    public func parts(samples: Int, bytes limit: Int) -> [(part: EncodedPart, place: EncodedPlace)] {
        let bytes = bytes.span
        guard !messages.isEmpty else {
            return Self.cut(bytes, EncodedPlace(version: version, in: bytes), samples: samples, bytes: limit)
        }
        var parts: [(part: EncodedPart, place: EncodedPlace)] = []
        for message in messages {
            let place = EncodedPlace(version: version, in: bytes, from: message.range)
            if message.samples <= samples, message.range.count <= limit {
                parts.append((message, place))
            } else {
                parts += Self.cut(bytes, place, samples: samples, bytes: limit)
            }
        }
        return parts
    }

    private static func cut(
        _ bytes: borrowing Span<UInt8>, _ place: EncodedPlace, samples: Int, bytes limit: Int
    ) -> [(part: EncodedPart, place: EncodedPlace)] {
        EncodedPart.cut(bytes, place, samples: samples, bytes: limit).map { part in
            var own = place
            own.series = part.range
            return (part, own)
        }
    }
}
