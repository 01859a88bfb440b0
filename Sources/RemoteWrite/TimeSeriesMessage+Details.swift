import Bytes
import Samples

extension TimeSeriesMessage {
    /// Appends an Exemplar field.
    mutating func append(_ exemplar: Exemplar, at timestamp: Int64, in batch: borrowing SampleBatch) {
        let arena = batch.arena.span
        var field: [UInt8] = []
        for index in exemplar.labels {
            let label = batch.exemplarLabels[index]
            field.append(label: arena.extracting(label.name.indices), value: arena.extracting(label.value.indices))
        }
        field.append(double: exemplar.value, in: 2)
        field.append(varint: UInt64(bitPattern: timestamp), in: 3)
        append(field, in: 3)
    }

    /// Appends an Exemplar field of version 2, whose labels are references.
    mutating func append(
        _ exemplar: Exemplar, at timestamp: Int64, in batch: borrowing SampleBatch,
        referringTo symbols: inout SymbolTable
    ) {
        let arena = batch.arena.span
        var references: [UInt8] = []
        for index in exemplar.labels {
            let label = batch.exemplarLabels[index]
            references.append(varint: UInt64(symbols.reference(to: label.name.indices, of: arena)))
            references.append(varint: UInt64(symbols.reference(to: label.value.indices, of: arena)))
        }
        var field: [UInt8] = []
        if !references.isEmpty { field.append(references, in: 1) }
        field.append(double: exemplar.value, in: 2)
        field.append(varint: UInt64(bitPattern: timestamp), in: 3)
        append(field, in: 4)
    }

    /// Appends a Histogram field (`prometheus.Histogram`, `io.prometheus.write.v2.Histogram`).
    ///
    /// - Parameter start: the time from which it counts, which only version 2 is told; nil: version 1.
    mutating func append(
        _ histogram: NativeHistogram, at timestamp: Int64, since start: Int64? = nil, in batch: borrowing SampleBatch
    ) {
        var field: [UInt8] = []
        field.append(histogram.count, integerIn: 1, floatIn: 2)
        field.append(double: histogram.sum, in: 3)
        field.append(varint: UInt64(Self.zigzag(Int64(histogram.schema))), in: 4)
        field.append(double: histogram.zeroThreshold, in: 5)
        field.append(histogram.zeroCount, integerIn: 6, floatIn: 7)
        let isInteger = if case .integer = histogram.count { true } else { false }
        // The fields of spans, of deltas, and of counts.
        for (buckets, first) in [(histogram.negative, 8), (histogram.positive, 11)] {
            for span in buckets.spans { field.append(Self.message(batch.spans[span]), in: first) }
            let values =
                isInteger ? Self.packed(batch.deltas[buckets.values]) : Self.packed(batch.counts[buckets.values])
            if !values.isEmpty { field.append(values, in: isInteger ? first + 1 : first + 2) }
        }
        field.append(varint: UInt64(histogram.resetHint.rawValue), in: 14)
        field.append(varint: UInt64(bitPattern: timestamp), in: 15)
        if let start { field.append(varint: UInt64(bitPattern: start), in: 17) }
        append(field, in: start == nil ? 4 : 3)
    }

    private static func message(_ span: NativeHistogram.Span) -> [UInt8] {
        var message: [UInt8] = []
        message.append(varint: zigzag(Int64(span.offset)), in: 1)
        message.append(varint: UInt64(span.length), in: 2)
        return message
    }

    private static func packed(_ deltas: ArraySlice<Int64>) -> [UInt8] {
        var packed: [UInt8] = []
        for delta in deltas { packed.append(varint: zigzag(delta)) }
        return packed
    }

    private static func packed(_ counts: ArraySlice<Double>) -> [UInt8] {
        var packed: [UInt8] = []
        for count in counts { packed.append(double: count) }
        return packed
    }

    /// A signed number as `sint32` and `sint64` write it.
    private static func zigzag(_ number: Int64) -> UInt64 { UInt64(bitPattern: number << 1 ^ number >> 63) }
}

extension [UInt8] {
    /// Appends a field of a number, which is left out where it is 0, as proto3 does.
    fileprivate mutating func append(varint number: UInt64, in field: Int) {
        guard number != 0 else { return }
        append(varint: UInt64(field << 3))
        append(varint: number)
    }

    /// Appends a field of a double, which is left out where it is 0, but not where it is -0.
    fileprivate mutating func append(double number: Double, in field: Int) {
        guard number.bitPattern != 0 else { return }
        append(UInt8(field << 3 | 1))
        append(double: number)
    }

    /// Appends a field of bytes, also where there are none.
    fileprivate mutating func append(_ bytes: [UInt8], in field: Int) {
        append(UInt8(field << 3 | 2))
        append(varint: UInt64(bytes.count))
        append(contentsOf: bytes)
    }

    /// Appends one of a pair of fields that are a `oneof`: it is there even where it is 0.
    fileprivate mutating func append(_ count: NativeHistogram.Count, integerIn integer: Int, floatIn float: Int) {
        switch count {
        case .integer(let number):
            append(UInt8(integer << 3))
            append(varint: number)
        case .float(let number):
            append(UInt8(float << 3 | 1))
            append(double: number)
        }
    }
}
