import Bytes
import Samples

/// The texts of a version 2 message, each once: what its references point to (specification, section "Symbols").
struct SymbolTable: Sendable {
    /// A text of up to 16 bytes, by its bytes, and what refers to it.
    private struct Recent {
        var low: UInt64 = 0
        var high: UInt64 = 0
        /// The message and the length of the text; 0: none.
        var tag: UInt64 = 0
        var reference: UInt32 = 0
    }

    private struct Symbol {
        var place: ByteRange
        var hash: UInt64
    }

    /// The texts as fields of a Request message; the first is the empty text, as the specification demands.
    private(set) var fields: [UInt8] = []
    private var symbols: [Symbol] = []
    /// Indices of `symbols` in the low half, in the other that of the hash; zero where there is none.
    private var slots: [UInt64] = []
    /// Short texts that were found lately, each in the one place that its bytes say.
    private var recent: [Recent] = []
    /// Which message it is: what is known of others is void.
    private var generation: UInt64 = 0
    private let hasher = ByteHasher.process

    /// A table of the empty text.
    init() { empty(expecting: 0) }

    /// A table of nothing, which takes the place of one that is lent; it is not for use.
    static var none: SymbolTable { SymbolTable(empty: ()) }

    private init(empty: Void) {}

    /// How many texts there are.
    var count: Int { symbols.count }

    /// Begins another message, of which so many texts are expected; memory that is much more than that is let go.
    ///
    /// Only from then on it may be asked for recent texts.
    mutating func removeAll(expecting texts: Int) {
        if recent.isEmpty { recent = Array(repeating: Recent(), count: Self.recentCount) }
        empty(expecting: texts)
    }

    private mutating func empty(expecting texts: Int) {
        let most = 1 << 16
        let isSwollen = slots.count > most && slots.count > 8 * texts
        fields.removeAll(keepingCapacity: !isSwollen)
        symbols.removeAll(keepingCapacity: !isSwollen)
        // Emptying costs as much as there are slots: a small message after a large one gets few.
        let isTooWide = isSwollen || slots.count > max(64, 16 * texts)
        let width = isTooWide || slots.isEmpty ? 64 : slots.count
        slots.removeAll(keepingCapacity: !isSwollen)
        slots.append(contentsOf: repeatElement(0, count: width))
        generation &+= 1
        fields += [0x22, 0]
        symbols.append(Symbol(place: .none, hash: 0))
    }

    /// What refers to a text, which is put into the table if it is new.
    mutating func reference(to text: Span<UInt8>) -> UInt32 { reference(to: text.indices, of: text) }

    private static let recentCount = 256

    /// What a text takes at most beside its bytes.
    static let largestEntry = MemoryLayout<Symbol>.stride + 8 * MemoryLayout<UInt64>.stride

    /// The same as `reference(to:of:)`, quicker for a short text that came lately.
    @inline(__always)
    mutating func reference(toRecent text: ByteRange, of bytes: borrowing Span<UInt8>) -> UInt32 {
        let count = Int(text.count)
        guard count > 0, count <= 16 else { return reference(to: text.indices, of: bytes) }
        let start = Int(text.offset)
        var low = bytes.word(at: start)
        var high: UInt64 = 0
        if count > 8 {
            high = bytes.word(at: start &+ 8) & (.max &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count))
        } else {
            low &= .max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
        }
        let tag = generation &<< 8 | UInt64(truncatingIfNeeded: count)
        let mixed = (low ^ high &* 0x9e37_79b9_7f4a_7c15) &* 0xbf58_476d_1ce4_e5b9
        let place = Int(truncatingIfNeeded: mixed &>> 56)
        let known = recent[place]
        if known.low == low, known.high == high, known.tag == tag { return known.reference }
        let reference = reference(to: text.indices, of: bytes)
        recent[place] = Recent(low: low, high: high, tag: tag, reference: reference)
        return reference
    }

    /// What refers to the text in a range of `bytes`, which is put into the table if it is new.
    @inline(never)
    mutating func reference(to range: Range<Int>, of bytes: borrowing Span<UInt8>) -> UInt32 {
        guard !range.isEmpty else { return 0 }
        let hash = hasher.hash(
            bytes, ByteRange(offset: range.lowerBound, count: range.count), salt: hasher.seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
        while slots[slot] != 0 {
            let entry = slots[slot]
            if entry >> 32 == hash >> 32 {
                let index = UInt32(truncatingIfNeeded: entry)
                let place = symbols[Int(index)].place.indices
                if BlockScanner.areEqual(bytes, range, fields.span, place) { return index }
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return add(range, of: bytes, hash: hash, at: slot)
    }

    @inline(never)
    private mutating func add(
        _ range: Range<Int>, of bytes: borrowing Span<UInt8>, hash: UInt64, at slot: Int
    ) -> UInt32 {
        fields.append(0x22)
        fields.append(varint: UInt64(range.count))
        let start = fields.count
        fields.append(copying: range, of: bytes)
        let index = symbols.count
        symbols.append(Symbol(place: ByteRange(offset: start, count: range.count), hash: hash))
        slots[slot] = Self.entry(index, hash)
        if symbols.count * 2 > slots.count { widen() }
        return UInt32(truncatingIfNeeded: index)
    }

    private mutating func widen() {
        let width = slots.count * 4
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(0, count: width))
        for index in 1..<symbols.count {
            var slot = Int(truncatingIfNeeded: symbols[index].hash) & (width - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (width - 1) }
            slots[slot] = Self.entry(index, symbols[index].hash)
        }
    }

    private static func entry(_ index: Int, _ hash: UInt64) -> UInt64 {
        (hash & ~0xffff_ffff) | UInt64(truncatingIfNeeded: index)
    }
}
