import Bytes
import Samples

/// Writes the TimeSeries messages of one push.
///
/// There are two ways: `writeRun` is quick and takes series that are alike, `writeAlone` takes any.
struct SeriesWriter: ~Copyable {
    /// The messages, and behind `position` bytes without a meaning: they are there to be overwritten, which is quicker
    /// than to append.
    var bytes: [UInt8]
    /// Where the next message goes.
    var position = 0
    /// Which series is next.
    var next = 0
    /// Which series is the first, and which is none any more.
    private let range: Range<Int>
    /// Before which series a run ends.
    var end: Int
    /// Where the part begins that is being written.
    private var start = 0
    /// How many series of it were written.
    var series = 0
    /// How many samples were written, native histograms among them.
    var samples = 0
    /// How many native histograms were written.
    var histograms = 0
    /// How many exemplars were written.
    var exemplars = 0
    /// The latest timestamp that was written.
    var latest = Int64.min
    /// The earliest timestamp that was written.
    var earliest = Int64.max
    /// How many bytes the length of the next message will probably take.
    var lengthSize = 2
    /// The time of samples that have none.
    let receiptTime: Int64
    /// What is written.
    let profile: OutboundProfile
    /// The field of the last sample's timestamp.
    var time: TimestampField

    /// What version 2 refers to.
    var symbols = SymbolTable.none
    /// What version 2 says of families.
    var metadata = SeriesMetadata()

    /// The series that is written alone.
    var message = TimeSeriesMessage()

    /// A writer of some series into memory that was used before.
    init(_ range: Range<Int>, reusing bytes: consuming [UInt8], receiptTime: Int64, profile: OutboundProfile) {
        self.range = range
        end = range.upperBound
        next = range.lowerBound
        self.bytes = bytes
        self.receiptTime = receiptTime
        self.profile = profile
        time = TimestampField(receiptTime)
    }

    /// How many series are left.
    var left: Int { range.upperBound - next }

    /// Puts the symbols of version 2 before the series of the part, where there are any.
    mutating func writeSymbols() {
        guard position > start else { return }
        bytes.removeLast(bytes.count - position)
        bytes.insert(contentsOf: symbols.fields, at: start)
        position = bytes.count
    }

    /// The bytes that were written.
    mutating func finish() -> [UInt8] {
        bytes.removeLast(bytes.count - position)
        position = 0
        var finished: [UInt8] = []
        swap(&finished, &bytes)
        return finished
    }

    /// What was written since the last part; the next one begins behind it.
    mutating func takePart() -> EncodedPart {
        var part = EncodedPart(at: start)
        part.range = start..<position
        part.samples = samples
        part.histograms = histograms
        part.exemplars = exemplars
        part.earliestTimestamp = earliest
        part.latestTimestamp = latest
        part.series = series
        start = position
        (samples, histograms, exemplars, series) = (0, 0, 0, 0)
        (earliest, latest) = (.max, .min)
        return part
    }

    /// Makes room for `count` bytes, and for as much as the series that are left will probably take.
    mutating func makeRoom(for count: Int) {
        guard bytes.count - position < count else { return }
        // At most twice as much as now: the first series may be large and the others small.
        let expected = min(position / max(next - range.lowerBound, 1) * left, max(position, 1 << 16))
        let missing = count + expected - (bytes.count - position)
        bytes.append(addingCapacity: missing) { $0.append(repeating: 0, count: missing) }
    }

    /// Writes the next series, whatever its shape and size; not at all where none of its samples is sent.
    mutating func writeAlone(_ batch: borrowing SampleBatch, under fixed: FixedLabels) {
        let series = batch.series[next]
        next += 1
        guard hasSamples(series, in: batch) else { return }
        self.series += 1
        if profile.version == .v2 { return writeReferring(series, in: batch, under: fixed) }
        message.removeAll()
        var written = 0
        for index in series.labels {
            let label = batch.labels[index]
            let before = fixed.entries(from: written, before: batch.arena.span.extracting(label.name.indices))
            message.append(fixed, before, name: series.name, in: batch)
            message.append(label, in: batch)
            written = before.upperBound
        }
        message.append(fixed, written..<fixed.entries.count, name: series.name, in: batch)
        appendSamples(of: series, in: batch)
        writeMessage()
    }

    /// Writes the series that has been put together in `message`.
    mutating func writeMessage() {
        let body = message.bytes
        makeRoom(for: 11 + body.count)
        lengthSize = Varint.length(UInt64(body.count))
        var position = position
        let tag = seriesTag
        var out = bytes.mutableSpan
        out.store(littleEndian: tag, at: &position)
        out.store(varint: UInt64(body.count), at: &position)
        out.store(copying: body.indices, of: body.span, at: &position)
        self.position = position
    }

    /// What a series begins with.
    @inline(always)
    var seriesTag: UInt8 { profile.version == .v1 ? 0x0a : 0x2a }

    /// Makes `time` the field of this timestamp, or of the time of receipt.
    @inline(always)
    mutating func setTime(_ timestamp: Int64?) {
        let timestamp = timestamp ?? receiptTime
        if timestamp != time.timestamp { time = TimestampField(timestamp) }
        latest = max(latest, timestamp)
        earliest = min(earliest, timestamp)
    }
}
