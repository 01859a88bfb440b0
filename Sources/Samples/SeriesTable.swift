/// Finds the series that were there before, by their hashes: open addressing, emptied for each batch.
struct SeriesTable: Sendable {
    /// A series' index plus one in the lower bits, and as much of its hash as there is room for above; or zero.
    private var slots: [UInt32] = []
    /// The bits that the index takes.
    private var mask: UInt32 = 0

    /// Empties the table and makes room for so many series, at most a third full: full slots cost more than the memory.
    mutating func reset(for count: Int) {
        var capacity = 16
        while capacity < 3 * count { capacity &*= 2 }
        mask = UInt32(truncatingIfNeeded: capacity &- 1)
        slots.removeAll(keepingCapacity: slots.capacity <= 16 * capacity)
        slots.append(contentsOf: repeatElement(0, count: capacity))
    }

    /// Where the search for a hash begins.
    @inline(__always)
    func start(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: UInt32(truncatingIfNeeded: hash) & mask) }

    /// The slot behind another.
    @inline(__always)
    func next(_ slot: Int) -> Int { (slot &+ 1) & Int(mask) }

    /// Puts a series into a slot if that is empty, else returns the series that is there: -1 if it has another hash.
    @inline(__always)
    mutating func claim(_ slot: Int, hash: UInt64, series: Int) -> Int? {
        let tag = UInt32(truncatingIfNeeded: hash >> 32) & ~mask
        let entry = slots[slot]
        if entry == 0 {
            slots[slot] = tag | UInt32(truncatingIfNeeded: series &+ 1)
            return nil
        }
        return entry & ~mask == tag ? Int(entry & mask) &- 1 : -1
    }
}
