internal import Bytes
internal import Samples

/// Finds the start times that `_created` samples say, and gives them to their siblings: the samples of the same family
/// with the same labels but for the one that says which bucket or quantile they are (contract B12).
///
/// It keeps its memory from body to body.
struct StartTimes: Sendable {
    /// What the samples of some siblings have in common.
    struct Siblings: Sendable {
        var family: Int
        /// The labels of one of them in the batch.
        var labels: Range<Int>
        /// The label in which they differ.
        var bound: SampleName.Bound
        var hash: UInt64 = 0
        /// The time from which they count, in milliseconds since the epoch.
        var time: Int64 = 0
    }

    private var known: [Siblings] = []
    /// Indices of `known` plus one, by hash; zero where there is none.
    private var slots: [UInt32] = []
    /// Whether a family has start times.
    private var isTimed: [Bool] = []

    /// Marks the `_created` samples of a parsed batch, and puts what they say into the details of the others.
    mutating func settle(_ batch: inout SampleBatch, by families: FamilyTable) {
        isTimed.append(contentsOf: repeatElement(false, count: families.families.count))
        let labels = SiblingLabels(of: batch)
        collect(&batch, in: labels, families)
        if !known.isEmpty {
            index(in: labels)
            spread(&batch, in: labels, families)
        }
        let keep = known.capacity <= 1 << 12
        known.removeAll(keepingCapacity: keep)
        slots.removeAll(keepingCapacity: keep)
        isTimed.removeAll(keepingCapacity: keep)
    }

    private mutating func collect(
        _ batch: inout SampleBatch, in labels: SiblingLabels, _ families: FamilyTable
    ) {
        var names = NameMemory()
        for series in batch.series {
            let name = names.name(of: series, in: labels.bytes, families)
            guard name.role == .created, families.families[name.family].hasCreated else { continue }
            let sample = series.samples.lowerBound
            batch.updateDetails(ofSample: sample) { $0.kind = .created }
            guard let time = Int64(seconds: batch.samples[sample].value), time > 0 else { continue }
            var siblings = siblings(of: series, in: name.family, families)
            siblings.hash = labels.hash(siblings)
            siblings.time = time
            known.append(siblings)
            isTimed[name.family] = true
        }
    }

    /// Puts what has been collected into slots; of several samples for the same siblings the first counts.
    private mutating func index(in labels: SiblingLabels) {
        var capacity = 16
        while capacity < 2 * known.count { capacity *= 2 }
        slots.append(contentsOf: repeatElement(0, count: capacity))
        for (place, siblings) in known.enumerated() {
            let slot = slot(of: siblings, in: labels)
            if slots[slot] == 0 { slots[slot] = UInt32(truncatingIfNeeded: place + 1) }
        }
    }

    private func spread(
        _ batch: inout SampleBatch, in labels: SiblingLabels, _ families: FamilyTable
    ) {
        var names = NameMemory()
        // Siblings mostly stand side by side.
        var (last, time): (Siblings?, Int64?) = (nil, nil)
        for series in batch.series {
            let name = names.name(of: series, in: labels.bytes, families)
            guard isTimed[name.family], name.role != .created else { continue }
            var siblings = siblings(of: series, in: name.family, families)
            if !(last.map { $0.family == name.family && labels.areInStep($0, siblings) } ?? false) {
                siblings.hash = labels.hash(siblings)
                let place = slots[slot(of: siblings, in: labels)]
                time = place == 0 ? nil : known[Int(place) - 1].time
                last = siblings
            }
            guard let time else { continue }
            batch.updateDetails(ofSample: series.samples.lowerBound) { $0.startTimestamp = time }
        }
    }

    private func siblings(of series: Series, in family: Int, _ families: FamilyTable) -> Siblings {
        Siblings(family: family, labels: series.labels, bound: SampleName.Bound(families.families[family].type))
    }

    /// The slot where siblings are known, or the empty one where they belong.
    private func slot(of siblings: Siblings, in labels: SiblingLabels) -> Int {
        var slot = Int(truncatingIfNeeded: siblings.hash) & (slots.count - 1)
        while slots[slot] != 0, !labels.areAlike(known[Int(slots[slot]) - 1], siblings) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }
}

/// The name of the last series, which the next one often has too.
private struct NameMemory {
    private var text = ByteRange.none
    private var name = FamilyTable.Name()

    mutating func name(
        of series: Series, in bytes: [UInt8], _ families: FamilyTable
    ) -> FamilyTable.Name {
        if series.name != text, let index = families.find(bytes.span, series.name.indices) {
            text = series.name
            name = families.names[index]
        }
        return name
    }
}

extension FamilyTable.Family {
    /// Whether samples that say when others began are part of it.
    fileprivate var hasCreated: Bool { type == .counter || type == .summary || type == .histogram }
}

extension SampleBatch {
    /// Changes the details of a sample, which no other sample shares if it has some.
    fileprivate mutating func updateDetails(ofSample index: Int, _ change: (inout SampleDetails) -> Void) {
        if samples[index].details > 0 { return change(&details[Int(samples[index].details) - 1]) }
        var details = SampleDetails()
        change(&details)
        samples[index].details = add(details)
    }
}
