import Bytes
import Samples

/// The body of a TimeSeries message in the making, field by field: the plain way that fits every series.
struct TimeSeriesMessage {
    private(set) var bytes: [UInt8] = []

    /// Begins another.
    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Appends some of the fixed labels, and in the place of `__name__` the label with this name.
    mutating func append(
        _ fixed: FixedLabels, _ range: Range<Int>, name: ByteRange, in batch: borrowing SampleBatch
    ) {
        for index in range {
            let entry = fixed.entries[index]
            if index == fixed.nameIndex {
                bytes.append(label: entry.name.span, value: batch.arena.span.extracting(name.indices))
            } else {
                bytes.append(copying: entry.field, of: fixed.fields.span)
            }
        }
    }

    /// Appends an own label.
    mutating func append(_ label: LabelRange, in batch: borrowing SampleBatch) {
        let arena = batch.arena.span
        bytes.append(label: arena.extracting(label.name.indices), value: arena.extracting(label.value.indices))
    }

    /// Appends a message as this field.
    mutating func append(_ message: [UInt8], in field: Int) {
        bytes.append(UInt8(field << 3 | 2))
        bytes.append(varint: UInt64(message.count))
        bytes.append(contentsOf: message)
    }

    /// Appends a field that is encoded already.
    mutating func append(_ field: SeriesMetadata.Field) {
        bytes.append(fixed64: field.low)
        bytes.append(fixed64: field.high)
        bytes.removeLast(16 - field.count)
    }

    /// Appends a sample; a value of 0, but not of -0, is a default and left out, the Sample around it is not.
    ///
    /// - Parameter start: the time from which it counts; 0 where that is not known, and in version 1.
    mutating func append(_ value: Double, at time: TimestampField, since start: Int64 = 0) {
        let startSize = start == 0 ? 0 : 1 + Varint.length(start)
        bytes.append(0x12)
        bytes.append(varint: UInt64(time.sampleSize(value) + startSize))
        if value.bitPattern != 0 {
            bytes.append(0x09)
            bytes.append(double: value)
        }
        bytes.append(fixed64: time.low)
        bytes.append(fixed64: time.high)
        bytes.removeLast(16 - time.count)
        guard start != 0 else { return }
        bytes.append(0x18)
        bytes.append(varint: UInt64(bitPattern: start))
    }
}

extension [UInt8] {
    /// Appends a label as a field of a TimeSeries message.
    mutating func append(label name: Span<UInt8>, value: Span<UInt8>) {
        append(0x0a)
        append(varint: UInt64(2 + Varint.delimitedLength(name.count) + Varint.delimitedLength(value.count)))
        append(0x0a)
        append(varint: UInt64(name.count))
        append(copying: name.indices, of: name)
        append(0x12)
        append(varint: UInt64(value.count))
        append(copying: value.indices, of: value)
    }
}
