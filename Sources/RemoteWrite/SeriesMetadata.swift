import Bytes
import Samples

/// What version 2 says with each series of its family: type, help and unit, found by the name of the series.
///
/// A name is that of a family, or of one with a suffix that families of its type have.
struct SeriesMetadata: Sendable {
    /// The metadata field of a TimeSeries message, encoded: at most 16 bytes.
    struct Field: Sendable {
        var count = 0
        /// The first eight bytes, the first the lowest, and zeros behind them.
        var low: UInt64 = 0
        /// The bytes behind those, and zeros behind them.
        var high: UInt64 = 0
    }

    private static let suffixes: [(text: String, types: [MetricType])] = [
        ("_bucket", [.histogram, .gaugeHistogram]),
        ("_count", [.summary, .histogram, .gaugeHistogram]),
        ("_sum", [.summary, .histogram, .gaugeHistogram]),
        ("_total", [.counter]),
        ("_info", [.info]),
        ("_gcount", [.gaugeHistogram]),
        ("_gsum", [.gaugeHistogram]),
    ]

    /// Indices of `SampleBatch.families` plus one, by the hash of the name; zero where there is none.
    private var slots: [UInt32] = []
    /// The fields of families, in their order, as far as they have been asked for.
    private var fields: [Field?] = []
    /// By what refers to the name of a series: zero where that was not asked for, one where it has no family, else two
    /// more than the index of its family.
    private var families: [UInt32] = []
    private let hasher = ByteHasher.process

    /// Begins another batch.
    mutating func begin(_ batch: borrowing SampleBatch) {
        families.removeAll(keepingCapacity: families.capacity <= 1 << 16)
        fields.removeAll(keepingCapacity: fields.capacity <= 1 << 14)
        fields.append(contentsOf: repeatElement(nil, count: batch.families.count))
        var width = 16
        while width < 2 * batch.families.count { width *= 2 }
        slots.removeAll(keepingCapacity: slots.capacity <= 1 << 16)
        slots.append(contentsOf: repeatElement(0, count: width))
        let arena = batch.arena.span
        for index in batch.families.indices {
            let slot = slot(of: batch.families[index].name.indices, in: arena, batch.families)
            if slots[slot] == 0 { slots[slot] = UInt32(truncatingIfNeeded: index + 1) }
        }
    }

    /// The field of a series; `reference` refers to its name.
    mutating func field(
        ofName name: ByteRange, _ reference: UInt32, in batch: borrowing SampleBatch, _ symbols: inout SymbolTable
    ) -> Field {
        guard !batch.families.isEmpty else { return Field() }
        let index = Int(reference)
        if index >= families.count {
            families.append(contentsOf: repeatElement(0, count: max(index + 1 - families.count, families.count)))
        }
        if families[index] == 0 {
            families[index] = family(of: name, in: batch).map { UInt32(truncatingIfNeeded: $0 + 2) } ?? 1
        }
        guard families[index] > 1 else { return Field() }
        let family = Int(families[index]) - 2
        if let field = fields[family] { return field }
        let field = Self.field(of: batch.families[family], in: batch.arena.span, &symbols)
        fields[family] = field
        return field
    }

    private func family(of name: ByteRange, in batch: borrowing SampleBatch) -> Int? {
        let arena = batch.arena.span
        if let own = find(name.indices, in: arena, batch.families) { return own }
        let text = arena.extracting(name.indices)
        for suffix in Self.suffixes where text.ends(suffix.text) {
            let base = name.indices.dropLast(suffix.text.utf8.count)
            guard let family = find(base, in: arena, batch.families),
                suffix.types.contains(batch.families[family].type)
            else { return nil }
            return family
        }
        return nil
    }

    private func find(_ name: Range<Int>, in arena: borrowing Span<UInt8>, _ families: [Family]) -> Int? {
        let place = slots[slot(of: name, in: arena, families)]
        return place == 0 ? nil : Int(place) - 1
    }

    /// The slot of a family's name, or the empty one where it belongs.
    private func slot(of name: Range<Int>, in arena: borrowing Span<UInt8>, _ families: [Family]) -> Int {
        let range = ByteRange(offset: name.lowerBound, count: name.count)
        var slot = Int(truncatingIfNeeded: hasher.hash(arena, range, salt: hasher.seed)) & (slots.count - 1)
        while slots[slot] != 0 {
            let other = families[Int(slots[slot]) - 1].name.indices
            if BlockScanner.areEqual(arena, name, arena, other) { return slot }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// The field of a family; none where nothing is known of it.
    private static func field(
        of family: Family, in arena: borrowing Span<UInt8>, _ symbols: inout SymbolTable
    ) -> Field {
        var message: [UInt8] = []
        if family.type != .unknown { message += [0x08, family.type.rawValue] }
        for (tag, text) in [(UInt8(0x18), family.help), (0x20, family.unit)] where text.count > 0 {
            message.append(tag)
            message.append(varint: UInt64(symbols.reference(to: text.indices, of: arena)))
        }
        guard !message.isEmpty else { return Field() }
        let bytes = [0x2a, UInt8(message.count)] + message
        return Field(count: bytes.count, low: bytes.span.word(at: 0), high: bytes.span.word(at: 8))
    }
}

extension Span<UInt8> {
    /// Whether the text is longer than the suffix and ends with it.
    fileprivate func ends(_ suffix: String) -> Bool {
        let suffix = suffix.utf8.span
        guard count > suffix.count else { return false }
        return suffix.indices.allSatisfy { self[count - suffix.count + $0] == suffix[$0] }
    }
}
