import Bytes
import Samples

// The quick way of version 2, as `SeriesWriter+Run` is that of version 1.
//
// What differs from series to series stands last: the metadata before the sample, in it the time before the value. What
// snappy finds again is then one piece from a value to the next, which is a byte a sample less. Protobuf leaves the order
// of fields to the writer; the labels stay first, as some receivers read the metadata by them.
extension SeriesWriter {
    /// Writes series from the next on, as long as they have the shape and there is room for them.
    mutating func writeReferenceRun(_ batch: borrowing SampleBatch, as shape: borrowing SeriesShape) {
        var bytes: [UInt8] = []
        swap(&bytes, &self.bytes)
        var symbols = SymbolTable.none
        swap(&symbols, &self.symbols)
        writeReferenceRun(batch, as: shape, into: &bytes, &symbols)
        swap(&symbols, &self.symbols)
        swap(&bytes, &self.bytes)
    }

    private mutating func writeReferenceRun(
        _ batch: borrowing SampleBatch, as shape: borrowing SeriesShape, into bytes: inout [UInt8],
        _ symbols: inout SymbolTable
    ) {
        var out = bytes.mutableSpan
        var (last, pattern) = (LastName(), SeriesPattern())
        while next < end {
            guard writeReferring(batch, as: shape, to: &out, &symbols, &last, &pattern) else { return }
            next &+= 1
            guard pattern.length > 0 else { continue }
            repeatPattern(pattern, batch, as: shape, to: &out, &symbols)
        }
    }

    /// Writes the next series, and makes a pattern of it where it can.
    ///
    /// - Returns: false where it is not written.
    private mutating func writeReferring(
        _ batch: borrowing SampleBatch, as shape: borrowing SeriesShape, to out: inout MutableSpan<UInt8>,
        _ symbols: inout SymbolTable, _ last: inout LastName, _ pattern: inout SeriesPattern
    ) -> Bool {
        let arena = batch.arena.span
        let slots = shape.slots.span
        let heads = shape.references.span
        let series = batch.series[next]
        pattern.length = 0
        guard series.labels.count == slots.count &- 1, isPlain(series, in: batch),
            Self.referenceRoom(for: series, as: shape) <= out.count &- position
        else { return false }
        let (first, start) = (position, position &+ 3 &+ lengthSize)
        var position = start
        var label = series.labels.lowerBound
        for index in slots.indices {
            let slot = slots[index]
            out.store(copying: slot.references, of: heads, at: &position)
            let place = position
            if index == shape.nameSlot {
                look(at: series.name, in: batch, &symbols, &last)
                out.store(reference: last.reference, at: &position)
            } else {
                let own = batch.labels[label]
                guard slot.matches(own.name, in: arena, template: shape.template.span) else { return false }
                label &+= 1
                out.store(reference: symbols.reference(toRecent: own.value, of: arena), at: &position)
            }
            pattern.note(slot: index, from: place &- first, to: position &- first)
        }
        out.store(copying: shape.referenceTail, of: heads, at: &position)
        guard position &- start < 128 else { return false }
        out[start &- 2] = 0x0a
        out[start &- 1] = UInt8(truncatingIfNeeded: position &- start)
        let samplesStart = position &+ last.field.count
        out.store(littleEndian: last.field.low, at: &position)
        out.store(littleEndian: last.field.high, at: &position)
        position = samplesStart
        for index in series.samples { store(batch.samples[index], in: batch, to: &out, at: &position) }
        let end = position
        guard close(to: &out, at: end) else { return false }
        samples &+= series.samples.count
        self.series &+= 1
        let sample = batch.samples[series.samples.lowerBound]
        if series.samples.count == 1, sample.details == 0, sample.value.bitPattern != 0 {
            pattern.name = series.name
            pattern.learn(first..<end, of: out, value: end &- 8, slots: slots.count)
        }
        return true
    }

    /// Makes `last` the name of a series.
    @inline(__always)
    private mutating func look(
        at name: ByteRange, in batch: borrowing SampleBatch, _ symbols: inout SymbolTable, _ last: inout LastName
    ) {
        guard !last.isName(name, in: batch.arena.span) else { return }
        last.reference = symbols.reference(to: name.indices, of: batch.arena.span)
        last.field = metadata.field(ofName: name, last.reference, in: batch, &symbols)
        last.name = name
    }

    /// Writes series from the next on, as long as they are like the pattern.
    private mutating func repeatPattern(
        _ pattern: borrowing SeriesPattern, _ batch: borrowing SampleBatch, as shape: borrowing SeriesShape,
        to out: inout MutableSpan<UInt8>, _ symbols: inout SymbolTable
    ) {
        // The spans stand here, and the loop over labels with them, because it is twice as fast so.
        let arena = batch.arena.span
        let labels = batch.labels.span
        let template = shape.template.span
        let slots = shape.slots.span
        let allSeries = batch.series.span
        let message = pattern.bytes.span
        for index in next..<end {
            let series = allSeries[index]
            next = index
            guard series.labels.count == slots.count &- 1, series.samples.count == 1,
                position &+ SeriesPattern.longest &+ 64 <= out.count
            else { return }
            let sample = batch.samples[series.samples.lowerBound]
            guard sample.details == 0, sample.value.bitPattern != 0,
                sample.timestamp ?? receiptTime == time.timestamp,
                BlockScanner.areEqual(arena, series.name.indices, arena, pattern.name.indices)
            else { return }
            var end = position
            out.store(copying: 0..<pattern.length, of: message, at: &end)
            var label = series.labels.lowerBound
            for index in slots.indices where index != shape.nameSlot {
                let own = labels[label]
                guard slots[index].matches(own.name, in: arena, template: template) else { return }
                label &+= 1
                let reference = symbols.reference(toRecent: own.value, of: arena)
                let (place, width) = pattern.places[index]
                guard out.replace(position &+ Int(place), width: width, by: reference) else { return }
            }
            var value = position &+ pattern.value
            out.store(littleEndian: sample.value.bitPattern, at: &value)
            samples &+= 1
            self.series &+= 1
            position = end
        }
        next = end
    }

    /// The name of the series before, which the next one mostly has too.
    private struct LastName {
        var name = ByteRange.none
        var reference: UInt32 = 0
        var field = SeriesMetadata.Field()

        @inline(__always)
        func isName(_ other: ByteRange, in arena: Span<UInt8>) -> Bool {
            name.count > 0 && BlockScanner.areEqual(arena, name.indices, arena, other.indices)
        }
    }

    /// Whether all samples of a series are numbers without exemplars that are sent.
    @inline(__always)
    private func isPlain(_ series: Series, in batch: borrowing SampleBatch) -> Bool {
        for index in series.samples {
            let sample = batch.samples[index]
            guard sample.details == 0 || batch.details(of: sample).map(profile.sendsPlain) ?? true else { return false }
        }
        return true
    }

    /// The most room that a series takes, and what is overwritten behind it.
    @inline(always)
    private static func referenceRoom(for series: Series, as shape: borrowing SeriesShape) -> Int {
        shape.limit &+ 34 &* series.samples.count &+ 160
    }

    /// The room with which `writeReferenceRun` certainly writes a series.
    static func certainReferenceRoom(for series: Series, as shape: borrowing SeriesShape) -> Int {
        referenceRoom(for: series, as: shape)
    }

    /// Stores a Sample field, the timestamp before the value.
    @inline(always)
    private mutating func store(
        _ sample: Sample, in batch: borrowing SampleBatch, to out: inout MutableSpan<UInt8>, at position: inout Int
    ) {
        setTime(sample.timestamp)
        let start = sample.details == 0 ? 0 : batch.details(of: sample)?.startTimestamp ?? 0
        let startSize = start == 0 ? 0 : 1 &+ Varint.length(start)
        let size = time.sampleSize(sample.value) &+ startSize
        out.store(littleEndian: 0x12 | UInt16(truncatingIfNeeded: size) &<< 8, at: &position)
        let end = position &+ time.count
        out.store(littleEndian: time.low, at: &position)
        out.store(littleEndian: time.high, at: &position)
        position = end
        if sample.value.bitPattern != 0 {
            out.store(littleEndian: UInt8(0x09), at: &position)
            out.store(littleEndian: sample.value.bitPattern, at: &position)
        }
        guard start != 0 else { return }
        out.store(littleEndian: UInt8(0x18), at: &position)
        out.store(varint: UInt64(bitPattern: start), at: &position)
    }
}
