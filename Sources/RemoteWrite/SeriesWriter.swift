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
    /// Before which series a run ends.
    var end = Int.max
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

    /// The series that is written alone.
    var message = TimeSeriesMessage()

    /// A writer into memory that was used before.
    init(reusing bytes: consuming [UInt8], receiptTime: Int64, profile: OutboundProfile) {
        self.bytes = bytes
        self.receiptTime = receiptTime
        self.profile = profile
        time = TimestampField(receiptTime)
    }

    /// The bytes that were written.
    consuming func finish() -> [UInt8] {
        bytes.removeLast(bytes.count - position)
        return bytes
    }

    /// Makes room for `count` bytes, and for as much as the series that are left will probably take.
    mutating func makeRoom(for count: Int, in batch: borrowing SampleBatch) {
        guard bytes.count - position < count else { return }
        // At most twice as much as now: the first series may be large and the others small.
        let expected = min(position / max(next, 1) * (batch.series.count - next), max(position, 1 << 16))
        let missing = count + expected - (bytes.count - position)
        bytes.append(addingCapacity: missing) { $0.append(repeating: 0, count: missing) }
    }

    /// Writes the next series, whatever its shape and size; not at all where none of its samples is sent.
    mutating func writeAlone(_ batch: borrowing SampleBatch, under fixed: FixedLabels) {
        let series = batch.series[next]
        next += 1
        guard hasSamples(series, in: batch) else { return }
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
        let body = message.bytes
        makeRoom(for: 11 + body.count, in: batch)
        lengthSize = Varint.length(UInt64(body.count))
        var position = position
        var out = bytes.mutableSpan
        out.store(littleEndian: UInt8(0x0a), at: &position)
        out.store(varint: UInt64(body.count), at: &position)
        out.store(copying: body.indices, of: body.span, at: &position)
        self.position = position
    }

    /// Makes `time` the field of this timestamp, or of the time of receipt.
    @inline(always)
    mutating func setTime(_ timestamp: Int64?) {
        let timestamp = timestamp ?? receiptTime
        if timestamp != time.timestamp { time = TimestampField(timestamp) }
        latest = max(latest, timestamp)
        earliest = min(earliest, timestamp)
    }
}
