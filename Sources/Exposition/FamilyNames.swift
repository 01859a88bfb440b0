internal import Bytes
internal import Samples

/// Finds the metric families of a batch by their names, which all stand in the body.
///
/// Of a family that is there several times, the first place counts, and of each thing said of it the first.
struct FamilyNames: Sendable {
    /// Indices of `SampleBatch.families` plus one, by hash; zero where there is none.
    private var slots = [UInt32](repeating: 0, count: 64)
    /// Whether somebody has said of which type a family is.
    private var isTyped: [Bool] = []

    /// Forgets the names.
    mutating func removeAll() {
        guard !isTyped.isEmpty else { return }
        let keep = isTyped.capacity <= 1 << 14
        isTyped.removeAll(keepingCapacity: keep)
        slots.removeAll(keepingCapacity: keep)
        slots.append(contentsOf: repeatElement(0, count: 64))
    }

    /// The family's index; it is appended if it is new, as a counter if nobody says otherwise.
    mutating func resolve(
        _ bytes: borrowing Span<UInt8>, _ name: ByteRange, type: MetricType?, in families: inout [Family]
    ) -> Int {
        if (families.count + 1) * 2 > slots.count { grow(bytes, families) }
        let slot = self.slot(bytes, name, families)
        guard slots[slot] == 0 else {
            let index = Int(slots[slot]) - 1
            if let type, !isTyped[index] {
                families[index].type = type
                isTyped[index] = true
            }
            return index
        }
        families.append(Family(name: name, type: type ?? .counter))
        isTyped.append(type != nil)
        slots[slot] = UInt32(truncatingIfNeeded: families.count)
        return families.count - 1
    }

    /// The slot of a name, or the empty one where it belongs.
    private func slot(_ bytes: borrowing Span<UInt8>, _ name: ByteRange, _ families: [Family]) -> Int {
        let hasher = ByteHasher.process
        var slot = Int(truncatingIfNeeded: hasher.hash(bytes, name, salt: hasher.seed)) & (slots.count - 1)
        while slots[slot] != 0 {
            let other = families[Int(slots[slot]) - 1].name
            if BlockScanner.areEqual(bytes, name.indices, bytes, other.indices) { return slot }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow(_ bytes: borrowing Span<UInt8>, _ families: [Family]) {
        slots = Array(repeating: 0, count: slots.count * 2)
        for index in families.indices {
            slots[slot(bytes, families[index].name, families)] = UInt32(truncatingIfNeeded: index + 1)
        }
    }
}
