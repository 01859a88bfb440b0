/// Finds the series that were there before, by their hashes: open addressing, emptied for each batch.
struct SeriesTable: Sendable {
    /// A series' index plus one in the lower bits, and as much of its hash as there is room for above; or zero.
    ///
    /// There are 2^n of them, so that n bits take any index.
    var slots: [UInt32] = []

    /// Empties the table and makes room for so many series, at most a third full: full slots cost more than the memory.
    mutating func reset(for count: Int) {
        var capacity = 16
        while capacity < 3 * count { capacity &*= 2 }
        slots.removeAll(keepingCapacity: slots.capacity <= 16 * capacity)
        slots.append(contentsOf: repeatElement(0, count: capacity))
    }

    /// The first series with this hash that equals a new one, which is put into a slot where there is none.
    ///
    /// It takes the slots as a span, for an array pays for every store with a look at who else holds it.
    @inline(__always)
    static func find(
        _ series: Int, hash: UInt64, in slots: inout MutableSpan<UInt32>, isEqual: (Int) -> Bool
    ) -> Int {
        // The bits that the index takes.
        let mask = UInt32(truncatingIfNeeded: slots.count &- 1)
        let tag = UInt32(truncatingIfNeeded: hash >> 32) & ~mask
        var slot = UInt32(truncatingIfNeeded: hash) & mask
        while true {
            let entry = slots[Int(slot)]
            if entry == 0 {
                slots[Int(slot)] = tag | UInt32(truncatingIfNeeded: series &+ 1)
                return series
            }
            if entry & ~mask == tag, isEqual(Int(entry & mask) &- 1) { return Int(entry & mask) &- 1 }
            slot = (slot &+ 1) & mask
        }
    }
}
