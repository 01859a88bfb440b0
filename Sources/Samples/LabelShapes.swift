/// What the label names of a series decide, worked out once for all series that have the same names.
///
/// Series with the same label names stand together in what clients write. So the last names of each number of labels
/// are remembered with the order in which they are to stand, which of them the grouping overrides, and their hashes.
struct LabelShapes: Sendable {
    /// What series with so many labels are like.
    private struct Shape {
        /// How many labels they have; -1 while none is known.
        var count = -1
        /// Whether the labels stay as they are, as long as none is empty.
        var isInOrder = false
        /// How many of `exchanges` bring labels in order, of which none is empty; -1 where it takes more than that.
        var exchanges = -1
    }

    /// Two labels that change places.
    private struct Exchange {
        var first = 0
        var second = 0
    }

    /// A label name in a shape.
    private struct Slot {
        /// The name, where the series had it that the shape was learned from.
        var name = ByteRange.none
        /// The name's hash, from which the hash of its value goes on.
        var salt = SeriesHash.zero
        /// The place of the label once all are sorted; -1 where the grouping overrides it.
        var rank = -1
    }

    /// What a series of very many labels swelled is let go with the next batch.
    private static let keptSlots = 4_096

    /// Each number of labels below this one has its own shape; the others share the one behind.
    private static let width = 16

    private var shapes: [Shape] = []
    private var slots: [Slot] = []
    /// Where the slots of a shape stand, one after the other what brings its labels in order.
    private var exchanges: [Exchange] = []
    /// The labels of a series with many, while they are moved.
    private var wide: [LabelRange] = []
    /// The places of labels, while they are sorted.
    private var order: [Int] = []

    /// Forgets the shapes: they hold for one batch and one grouping only.
    mutating func removeAll() {
        shapes.removeAll(keepingCapacity: true)
        shapes.append(contentsOf: repeatElement(Shape(), count: Self.width + 1))
        if slots.count < Self.width * Self.width || slots.count > Self.keptSlots {
            slots = Array(repeating: Slot(), count: Self.width * Self.width)
            exchanges = Array(repeating: Exchange(), count: Self.width * Self.width)
            (wide, order) = ([], [])
        }
    }

    /// What the labels of a series are like.
    struct Look {
        /// The sum of the hashes of those that stay.
        var hash = SeriesHash.zero
        /// Whether all stay, and stay where they are.
        var isInOrder = true
        /// How many exchanges of places do, where that is enough; else -1.
        var exchanges = -1
    }

    /// Looks at the labels of a series; nil where their names have not been learned.
    @inline(__always)
    func look<Lanes: HashLanes>(
        at labels: borrowing Span<LabelRange>, in bytes: borrowing Span<UInt8>, by hasher: LabelHasher, _: Lanes.Type
    ) -> Look? {
        let width = min(labels.count, Self.width)
        let shape = shapes[width]
        guard shape.count == labels.count else { return nil }
        let slots = slots.span.extracting(width &* Self.width..<width &* Self.width &+ labels.count)
        var look = Look(isInOrder: shape.isInOrder, exchanges: shape.exchanges)
        for place in 0..<labels.count {
            let (label, slot) = (labels[place], slots[place])
            guard label.name == slot.name else { return nil }
            if label.value.count == 0 {
                (look.isInOrder, look.exchanges) = (false, -1)
            } else if slot.rank >= 0 {
                look.hash += Lanes.hash(bytes, label.value, salt: slot.salt, by: hasher)
            }
        }
        return look
    }

    /// Sorts the labels of a series that so many exchanges bring in order.
    @inline(__always)
    func exchange(_ count: Int, in own: Range<Int>, of labels: inout [LabelRange]) {
        let exchanges = exchanges.span.extracting(own.count &* Self.width..<own.count &* Self.width &+ count)
        for index in exchanges.indices {
            labels.swapAt(own.lowerBound &+ exchanges[index].first, own.lowerBound &+ exchanges[index].second)
        }
    }

    /// Sorts the labels of a series whose names have been learned, without those that have no value or that the
    /// grouping overrides; returns how many are left, at the beginning.
    mutating func reorder(_ own: Range<Int>, of labels: inout [LabelRange]) -> Int {
        var labels = labels.mutableSpan
        let first = min(own.count, Self.width) * Self.width
        let none = LabelRange(name: .none, value: .none)
        wide.removeAll(keepingCapacity: true)
        if own.count > Self.width { wide.append(contentsOf: repeatElement(none, count: own.count)) }
        var moved = [16 of LabelRange](repeating: none)
        for place in 0..<own.count where slots[first + place].rank >= 0 {
            let (rank, label) = (slots[first + place].rank, labels[own.lowerBound + place])
            if wide.isEmpty { moved[rank] = label } else { wide[rank] = label }
        }
        var next = own.lowerBound
        for rank in 0..<own.count {
            let label = wide.isEmpty ? moved[rank] : wide[rank]
            guard label.value.count > 0 else { continue }
            labels[next] = label
            next += 1
        }
        return next - own.lowerBound
    }

    /// Learns the names of a series; returns the first one that is reserved, if there is one.
    mutating func learn(
        _ labels: ArraySlice<LabelRange>, in bytes: borrowing Span<UInt8>, under grouping: Grouping,
        by hasher: LabelHasher
    ) -> ByteRange? {
        let width = min(labels.count, Self.width)
        let first = width * Self.width
        slots.append(contentsOf: repeatElement(Slot(), count: max(0, first + labels.count - slots.count)))
        if isKnown(labels, at: first, in: bytes) {
            // The same names at other places: from now on they are expected there.
            for (place, label) in labels.enumerated() { slots[first + place].name = label.name }
            return nil
        }
        if let reserved = labels.first(where: { isReserved($0.name, bytes) }) { return reserved.name }
        var order: [Int] = []
        swap(&order, &self.order)
        order.removeAll(keepingCapacity: true)
        for (place, label) in labels.enumerated() {
            let salt = hasher.hash(bytes, label.name, salt: hasher.seed)
            slots[first + place] = Slot(name: label.name, salt: salt, rank: -1)
            if !grouping.overrides(label.name, in: bytes) { order.append(place) }
        }
        let start = labels.startIndex
        order.sort { bytes.compare(labels[start + $0].name, labels[start + $1].name) < 0 }
        var isInOrder = order.count == labels.count
        for (rank, place) in order.enumerated() {
            slots[first + place].rank = rank
            isInOrder = isInOrder && rank == place
        }
        shapes[width] = Shape(count: labels.count, isInOrder: isInOrder)
        if order.count == labels.count, width < Self.width { shapes[width].exchanges = plan(&order, at: first) }
        swap(&order, &self.order)
        return nil
    }

    /// Notes which exchanges bring labels in order, and how many; `order` says from where each place gets its label.
    private mutating func plan(_ order: inout [Int], at first: Int) -> Int {
        var count = 0
        for place in order.indices where order[place] != place {
            exchanges[first + count] = Exchange(first: place, second: order[place])
            count += 1
            // What stood here stands there now.
            for later in order.indices where later > place && order[later] == place { order[later] = order[place] }
        }
        return count
    }

    private func isKnown(_ labels: ArraySlice<LabelRange>, at first: Int, in bytes: borrowing Span<UInt8>) -> Bool {
        guard shapes[min(labels.count, Self.width)].count == labels.count else { return false }
        for (place, label) in labels.enumerated() {
            guard bytes.areEqual(label.name, slots[first + place].name) else { return false }
        }
        return true
    }

    private func isReserved(_ name: ByteRange, _ bytes: borrowing Span<UInt8>) -> Bool {
        name.count >= 2 && bytes[Int(name.offset)] == UInt8(ascii: "_")
            && bytes[Int(name.offset) + 1] == UInt8(ascii: "_")
    }
}

extension Grouping {
    /// Whether the URL gives a label of this name, so that the body's is dropped.
    func overrides(_ name: ByteRange, in bytes: borrowing Span<UInt8>) -> Bool {
        var candidates = labels.indices
        while !candidates.isEmpty {
            let middle = candidates.lowerBound + candidates.count / 2
            let other = labels[middle].name
            switch bytes.compare(name, other.span) {
            case 0: return true
            case ..<0: candidates = candidates.lowerBound..<middle
            default: candidates = middle + 1..<candidates.upperBound
            }
        }
        return false
    }
}
