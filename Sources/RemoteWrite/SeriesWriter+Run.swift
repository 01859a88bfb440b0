import Bytes
import Samples

extension SeriesWriter {
    /// Writes series from the next on, as long as they have the shape and there is room for them.
    ///
    /// Names are compared while they are written; a series that turns out not to fit is abandoned, as if nothing of
    /// it had been written.
    mutating func writeRun(_ batch: borrowing SampleBatch, as shape: borrowing SeriesShape) {
        var bytes: [UInt8] = []
        swap(&bytes, &self.bytes)
        writeRun(batch, as: shape, into: &bytes)
        swap(&bytes, &self.bytes)
    }

    private mutating func writeRun(
        _ batch: borrowing SampleBatch, as shape: borrowing SeriesShape, into bytes: inout [UInt8]
    ) {
        // The spans stand here, and the loop over labels with them, because it is twice as fast so.
        let arena = batch.arena.span
        let labels = batch.labels.span
        let template = shape.template.span
        let slots = shape.slots.span
        var out = bytes.mutableSpan
        let allSeries = batch.series.span
        let end = end
        for index in next..<end {
            let series = allSeries[index]
            next = index
            guard series.labels.count == slots.count &- 1,
                Self.room(for: series, as: shape) <= out.count &- self.position
            else { return }
            var position = position &+ 1 &+ lengthSize
            var label = series.labels.lowerBound
            for index in slots.indices {
                let slot = slots[index]
                var value = series.name
                if index != shape.nameSlot {
                    let own = labels[label]
                    guard slot.matches(own.name, in: arena, template: template) else { return }
                    value = own.value
                    label &+= 1
                }
                let length = slot.nameCount &+ 4 &+ Int(value.count)
                guard length <= SeriesShape.longestLabel else {
                    guard Self.room(for: series, as: shape) <= out.count &- position &- Int(value.count) else { return }
                    position = shape.store(slot: index, value: arena.extracting(value.indices), to: &out, at: position)
                    continue
                }
                out.store(copying: slot.head, of: template, at: &position)
                out[position &- slot.nameCount &- 5] = UInt8(truncatingIfNeeded: length)
                out[position &- 1] = UInt8(truncatingIfNeeded: value.count)
                out.store(copying: value.indices, of: arena, at: &position)
            }
            out.store(copying: shape.tail, of: template, at: &position)
            for index in series.samples {
                let sample = batch.samples[index]
                guard sample.details == 0 || isPlain(sample, in: batch) else { return }
                store(sample, to: &out, at: &position)
            }
            guard close(to: &out, at: position) else { return }
            samples &+= series.samples.count
            self.series &+= 1
        }
        next = end
    }

    /// Whether nothing of a sample's details is written.
    @inline(never)
    private func isPlain(_ sample: Sample, in batch: borrowing SampleBatch) -> Bool {
        batch.details(of: sample).map(profile.sendsPlain) ?? true
    }

    /// The most room that a series takes where all labels are short, and what is overwritten behind it.
    @inline(always)
    private static func room(for series: Series, as shape: borrowing SeriesShape) -> Int {
        shape.limit &+ 22 &* series.samples.count &+ 96
    }

    /// The room with which `writeRun` certainly writes a series.
    static func certainRoom(for series: Series, in batch: borrowing SampleBatch, as shape: borrowing SeriesShape) -> Int
    {
        let values = series.labels.reduce(Int(series.name.count)) { $0 + Int(batch.labels[$1].value.count) }
        return 2 * room(for: series, as: shape) + values
    }

    /// Stores a Sample field.
    @inline(always)
    private mutating func store(_ sample: Sample, to out: inout MutableSpan<UInt8>, at position: inout Int) {
        setTime(sample.timestamp)
        out.store(littleEndian: 0x12 | UInt16(truncatingIfNeeded: time.sampleSize(sample.value)) &<< 8, at: &position)
        if sample.value.bitPattern != 0 {
            out.store(littleEndian: UInt8(0x09), at: &position)
            out.store(littleEndian: sample.value.bitPattern, at: &position)
        }
        let start = position
        out.store(littleEndian: time.low, at: &position)
        out.store(littleEndian: time.high, at: &position)
        position = start &+ time.count
    }

    /// Stores what stands before a message that ends at `end`; false where its length takes more or less room.
    @inline(always)
    mutating func close(to out: inout MutableSpan<UInt8>, at end: Int) -> Bool {
        let length = end &- position &- 1 &- lengthSize
        guard lengthSize == Varint.length(UInt64(truncatingIfNeeded: length)) else { return false }
        out.store(littleEndian: seriesTag, at: &position)
        out.store(varint: UInt64(truncatingIfNeeded: length), at: &position)
        position = end
        return true
    }
}
