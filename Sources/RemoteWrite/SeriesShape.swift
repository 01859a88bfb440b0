import Bytes
import Samples

/// What the TimeSeries messages of all series with the same label names have in common.
///
/// Consecutive series nearly always have the same label names. Their labels then stand in the same places among the
/// grouping's, and their messages differ in values and their lengths only: the rest is a template.
struct SeriesShape: Sendable {
    /// A label whose value is each series' own.
    struct Slot: Sendable {
        /// The part of the template in front of the value: grouping labels, then the label up to its value's length.
        let head: Range<Int>
        /// How long the label's name is.
        let nameCount: Int
        /// The first eight bytes of the name, as `Span.word` has them.
        let word: UInt64
        /// The bits of a word that belong to the name.
        let mask: UInt64
        /// Of the fixed labels, how many stand before it.
        let fixedEnd: Int
        /// In version 2, the part of `references` in front of the value's.
        var references = 0..<0
    }

    /// The longest label message whose lengths all take one byte.
    static let longestLabel = 127

    /// The message without the own values, whose lengths and those of their labels are 0 here; behind it zeros, so
    /// that parts of it can be copied in blocks.
    private(set) var template: [UInt8] = []
    /// The own labels and `__name__`, sorted by name.
    private(set) var slots: [Slot] = []
    /// Which of the slots is `__name__`.
    private(set) var nameSlot = 0
    /// The part of the template behind the last value.
    private(set) var tail = 0..<0
    /// The longest message that can be made from the template, without its samples.
    private(set) var limit = 0

    /// In version 2, the references to all names and to the grouping's values; behind them zeros, as in the template.
    private(set) var references: [UInt8] = []
    /// The part of `references` behind the last value.
    private(set) var referenceTail = 0..<0

    /// The shape of a series and of those like it, or nil where a name is too long.
    init?(_ series: Series, in batch: borrowing SampleBatch, under fixed: FixedLabels) {
        reserve(for: series, in: batch, under: fixed)
        var next = 0
        for label in series.labels {
            let name = batch.arena.span.extracting(batch.labels[label].name.indices)
            guard name.count < Self.longestLabel - 4 else { return nil }
            let before = fixed.entries(from: next, before: name)
            append(fixed, before)
            append(name, behind: before.upperBound)
            next = before.upperBound
        }
        append(fixed, next..<fixed.entries.count)
        tail = (slots.last?.head.upperBound ?? 0)..<template.count
        limit = template.count + slots.count * Self.longestLabel
        template += repeatElement(0, count: Self.copiedBlock)
    }

    /// Asks for memory once: small pushes pay for each time.
    private mutating func reserve(for series: Series, in batch: borrowing SampleBatch, under fixed: FixedLabels) {
        var size = fixed.fields.count + Self.longestLabel + Self.copiedBlock
        for label in series.labels { size += Int(batch.labels[label].name.count) + Self.slotOverhead }
        template.reserveCapacity(size)
        slots.reserveCapacity(series.labels.count + 1)
    }

    /// Tags and lengths of a label in the template.
    private static let slotOverhead = 6
    /// The zeros behind what is copied in blocks.
    private static let copiedBlock = 64

    /// Whether the own labels of a series have this shape's names.
    func matches(_ series: Series, in batch: borrowing SampleBatch) -> Bool {
        guard series.labels.count == slots.count - 1 else { return false }
        let arena = batch.arena.span
        for (index, label) in series.labels.enumerated() {
            let slot = slots[index < nameSlot ? index : index + 1]
            guard slot.matches(batch.labels[label].name, in: arena, template: template.span) else { return false }
        }
        return true
    }

    /// Stores what stands before a slot's value, and the value, where it is too long for lengths of one byte.
    ///
    /// It is no method of `Slot`, which would be copied to memory for the call, each time round the loop.
    ///
    /// - Returns: where the value ends.
    @inline(never)
    func store(slot index: Int, value: Span<UInt8>, to out: inout MutableSpan<UInt8>, at start: Int) -> Int {
        let slot = slots[index]
        let name = slot.head.upperBound - 2 - slot.nameCount..<slot.head.upperBound - 2
        let length = 2 + Varint.delimitedLength(slot.nameCount) + Varint.delimitedLength(value.count)
        var position = start
        out.store(copying: slot.head.lowerBound..<name.lowerBound - 3, of: template.span, at: &position)
        out.store(varint: UInt64(length), at: &position)
        out.store(copying: name.lowerBound - 2..<name.upperBound + 1, of: template.span, at: &position)
        out.store(varint: UInt64(value.count), at: &position)
        out.store(copying: value.indices, of: value, at: &position)
        return position
    }

    /// Works out the references; the fixed labels have theirs.
    mutating func refer(to fixed: FixedLabels, _ symbols: inout SymbolTable) {
        var next = 0
        for index in slots.indices {
            let (start, slot) = (references.count, slots[index])
            refer(to: fixed.entries[next..<slot.fixedEnd])
            next = slot.fixedEnd + (index == nameSlot ? 1 : 0)
            let name = slot.head.upperBound - 2 - slot.nameCount..<slot.head.upperBound - 2
            references.append(varint: UInt64(symbols.reference(to: template.span.extracting(name))))
            slots[index].references = start..<references.count
        }
        let start = references.count
        refer(to: fixed.entries[next...])
        referenceTail = start..<references.count
        references += repeatElement(0, count: Self.copiedBlock)
    }

    private mutating func refer(to entries: ArraySlice<FixedLabels.Entry>) {
        for entry in entries {
            references.append(varint: UInt64(entry.references.name))
            references.append(varint: UInt64(entry.references.value))
        }
    }

    private mutating func append(_ fixed: FixedLabels, _ range: Range<Int>) {
        for index in range {
            if index == fixed.nameIndex { nameSlot = slots.count }
            let entry = fixed.entries[index]
            if index == fixed.nameIndex {
                append(entry.name.span, behind: index)
            } else {
                template += fixed.fields[entry.field]
            }
        }
    }

    private mutating func append(_ name: Span<UInt8>, behind fixedEnd: Int) {
        template.append(addingCapacity: name.count + Self.slotOverhead) { template in
            template.append(0x0a)
            template.append(0)
            template.append(0x0a)
            template.append(UInt8(name.count))
            template.append(copying: name.indices, of: name)
            template.append(0x12)
            template.append(0)
        }
        let start = slots.last?.head.upperBound ?? 0
        slots.append(Slot(name, head: start..<template.count, fixedEnd: fixedEnd))
    }
}

extension SeriesShape.Slot {
    fileprivate init(_ name: Span<UInt8>, head: Range<Int>, fixedEnd: Int) {
        self.head = head
        self.fixedEnd = fixedEnd
        nameCount = name.count
        mask = name.count < 8 ? (1 << UInt64(8 * name.count)) - 1 : .max
        word = name.word(at: 0)
    }

    /// Whether this is the label's name.
    @inline(always)
    func matches(_ name: ByteRange, in arena: Span<UInt8>, template: Span<UInt8>) -> Bool {
        guard Int(name.count) == nameCount, arena.word(at: Int(name.offset)) & mask == word else { return false }
        guard nameCount > 8 else { return true }
        // No `self`: it would be copied to memory for the call, each time round the loop.
        let own = template.extracting(head.upperBound &- 2 &- nameCount..<head.upperBound &- 2)
        return Self.areEqual(arena.extracting(name.indices), own)
    }

    /// Whether two names of the same length, of more than eight bytes, are equal.
    @inline(never)
    private static func areEqual(_ name: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        for index in stride(from: 8, to: name.count, by: 8) {
            // The last word overlaps the one before.
            let offset = min(index, name.count - 8)
            guard name.word(at: offset) == other.word(at: offset) else { return false }
        }
        return true
    }
}
