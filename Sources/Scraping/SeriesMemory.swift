import Samples

/// The series of a target's last scrape, so that markers can follow those that end: a hash of each, and the body, packed,
/// from which a marker's labels are read again.
struct SeriesMemory {
    /// Of the series, in the order of the body; the lowest bit tells whether a marker follows.
    private(set) var hashes: [UInt64] = []
    /// What the hashes are of; nil: nothing is remembered.
    private(set) var body: ScrapeBody?
    /// Whether markers have been written for all of them.
    private(set) var isMarked = false

    /// What the last scrape is remembered by.
    init(_ hashes: [UInt64] = [], body: ScrapeBody? = nil) {
        self.hashes = hashes
        self.body = body
    }

    /// How many series are remembered.
    var count: Int { hashes.count }

    /// The bytes that it takes.
    var size: Int { hashes.capacity * MemoryLayout<UInt64>.stride + (body?.bytes.capacity ?? 0) }

    /// What the next scrape changes: the hashes of the series that have ended, and how many have begun.
    func change(to next: [UInt64]) -> (ended: Set<UInt64>, begun: Int) {
        if next == hashes { return ([], 0) }
        let (before, after) = (Set(hashes.map { $0 | 1 }), Set(next.map { $0 | 1 }))
        let begun = after.count { !before.contains($0) }
        guard !isMarked else { return ([], begun) }
        return (Set(hashes.filter { $0 & 1 == 1 && !after.contains($0) }), begun)
    }

    /// The hashes of series of some that others remember as well, and that go on there; with the lowest bit.
    ///
    /// It looks at all that is remembered: for those that end together it is to be asked once.
    static func shared(_ some: [SeriesMemory], with others: some Sequence<SeriesMemory>) -> Set<UInt64> {
        let own = Set(some.lazy.flatMap(\.hashes).map { $0 | 1 })
        if own.isEmpty { return [] }
        var shared: Set<UInt64> = []
        for other in others where !other.isMarked {
            for hash in other.hashes where own.contains(hash | 1) { shared.insert(hash | 1) }
        }
        return shared
    }

    /// Markers have been written for all of them: what comes again is not new, but has nothing to end.
    mutating func mark() { isMarked = true }
}
