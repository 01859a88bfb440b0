import Bytes
import Samples

/// Decisions of relabelling, found by the hash of the labels that a series comes with; it only grows.
struct DecisionStore: Sendable {
    /// What becomes of a series.
    struct Entry: Sendable {
        /// The labels that the series comes with, the grouping's among them.
        var key: SeriesHash
        /// The labels that it leaves with.
        var result: SeriesHash
        var fate: Fate
        /// The labels that it leaves with, where they are others, the first being its name; and the texts of new ones.
        var labels = 0..<0 as Range<Int32>
        var texts = 0..<0 as Range<Int32>

        /// How much it takes of a store.
        var size: Int {
            MemoryLayout<Entry>.stride + 8 + texts.count + labels.count * MemoryLayout<LabelRange>.stride
        }
    }

    enum Fate: UInt8, Sendable {
        /// The series does not leave.
        case dropped
        /// It leaves with its own labels, the grouping's, and the external ones.
        case kept
        /// It leaves with the labels that the decision has, and those of all series of the push.
        case changed
        /// It leaves with the labels that the decision has.
        case complete
    }

    private(set) var entries: [Entry] = []
    /// The labels of all entries: ranges of `texts`, or references to labels that a series or its push has.
    private(set) var labels: [LabelRange] = []
    private(set) var texts: [UInt8] = []
    /// The bytes that it takes.
    private(set) var size = 0
    /// The index of an entry plus one, or 0, where the key's bits say.
    private var slots: [UInt32] = []

    /// The index of the entry of a key, quickly where that is as expected; nil where there is none.
    @inline(__always)
    func find(_ key: SeriesHash, likelyAt index: Int) -> Int? {
        index < entries.count && entries[index].key == key ? index : find(key)
    }

    /// The index of the entry of a key; nil where there is none.
    func find(_ key: SeriesHash) -> Int? {
        guard !slots.isEmpty else { return nil }
        let slots = slots.span
        let entries = entries.span
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while true {
            let entry = Int(slots[slot])
            if entry == 0 { return nil }
            if entries[entry &- 1].key == key { return entry &- 1 }
            slot = (slot &+ 1) & mask
        }
    }

    /// Adds that a series is dropped or kept, by a key that is not there yet, and returns the entry's index.
    mutating func add(_ key: SeriesHash, _ result: SeriesHash, _ fate: Fate) -> Int {
        let (label, text) = (Int32(labels.count), Int32(texts.count))
        return insert(Entry(key: key, result: result, fate: fate, labels: label..<label, texts: text..<text))
    }

    /// Adds the labels that a series is given, by a key that is not there yet, and returns the entry's index.
    mutating func add(_ key: SeriesHash, _ result: SeriesHash, _ set: LabelSet, from origins: LabelOrigins) -> Int {
        var set = set
        let isComplete = !origins.common.allSatisfy { set[$0.name] == $0.value }
        if !isComplete {
            for label in origins.common { set.set(label.name, to: []) }
        }
        let (firstLabel, firstText) = (labels.count, texts.count)
        let name = set[LabelSet.metricName]
        labels.append(name == origins.name ? .own(0) : texts.append(LabelSet.Label(name: [], value: name)))
        let others = set.labels.lazy.filter { $0.name != LabelSet.metricName }
        for (label, reference) in zip(others, origins.references(of: set)) {
            labels.append(reference ?? texts.append(label))
        }
        return insert(
            Entry(
                key: key, result: result, fate: isComplete ? .complete : .changed,
                labels: Int32(firstLabel)..<Int32(labels.count),
                texts: Int32(firstText)..<Int32(texts.count)))
    }

    /// Takes over an entry of another store.
    mutating func add(_ index: Int, of other: borrowing DecisionStore) {
        var entry = other.entries[index]
        let (firstLabel, firstText) = (labels.count, texts.count)
        let moved = UInt32(truncatingIfNeeded: firstText - Int(entry.texts.lowerBound))
        for index in entry.labels { labels.append(other.labels[Int(index)].moved(by: moved)) }
        texts.append(copying: Int(entry.texts.lowerBound)..<Int(entry.texts.upperBound), of: other.texts.span)
        entry.labels = Int32(firstLabel)..<Int32(labels.count)
        entry.texts = Int32(firstText)..<Int32(texts.count)
        _ = insert(entry)
    }

    /// Forgets everything, and keeps the memory.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
        size = 0
    }

    private mutating func insert(_ entry: Entry) -> Int {
        entries.append(entry)
        size += entry.size
        if entries.count * 2 > slots.count {
            // At most half full.
            slots = Array(repeating: 0, count: max(64, slots.count * 2))
            for index in entries.indices { place(index) }
        } else {
            place(entries.count - 1)
        }
        return entries.count - 1
    }

    private mutating func place(_ index: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: entries[index].key.low) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(index + 1)
    }
}
