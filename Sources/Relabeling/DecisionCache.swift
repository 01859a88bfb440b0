import Samples

/// The decisions about the series that came lately, bounded in number and bytes.
///
/// There are two generations. New decisions, and those of the old generation that are asked for, go to the young one;
/// once that holds half of what is allowed, it becomes the old one, and the one before is forgotten. So what is asked for
/// stays, and nothing is to be sorted by age.
struct DecisionCache: Sendable {
    /// The bytes that a decision takes on average at most.
    static let bytesPerDecision = 512
    /// A decision that takes more is not remembered.
    static let largest = 16 << 10

    private(set) var young = DecisionStore()
    private(set) var old = DecisionStore()
    private let generation: (count: Int, size: Int)

    /// A cache of at most so many decisions.
    init(limit: Int) { generation = (limit / 2, limit / 2 * Self.bytesPerDecision) }

    /// How many decisions it remembers.
    var count: Int { young.entries.count + old.entries.count }

    /// The index of the decision about a key, which is a young one from now on; nil where it is not known.
    mutating func find(_ key: SeriesHash) -> Int? {
        if let index = young.find(key) { return index }
        guard let index = old.find(key) else { return nil }
        makeRoom(for: old.entries[index].size) { $0.add(index, of: $1) }
        return young.entries.count - 1
    }

    /// Remembers a decision, unless it is known by now, or too large.
    mutating func add(_ index: Int, of store: borrowing DecisionStore) {
        let entry = store.entries[index]
        guard generation.count > 0, entry.size <= Self.largest, young.find(entry.key) == nil else { return }
        if isFull(for: entry.size) { turn() }
        young.add(index, of: store)
    }

    /// Adds to the young generation what stands in the old one, which may be forgotten by that.
    private mutating func makeRoom(for size: Int, _ add: (inout DecisionStore, borrowing DecisionStore) -> Void) {
        guard isFull(for: size) else { return add(&young, old) }
        var next = DecisionStore()
        add(&next, old)
        (old, young) = (young, next)
    }

    private func isFull(for size: Int) -> Bool {
        young.entries.count >= generation.count || young.size + size > max(generation.size, Self.largest)
    }

    private mutating func turn() {
        swap(&old, &young)
        young.removeAll()
    }
}
