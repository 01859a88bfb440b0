import Bytes
import Samples

// From decisions to series: in bulk, because a push is known series nearly always.
extension RelabeledSeries {
    /// Puts the series of `placements` where the decisions of a store say.
    mutating func place(by store: borrowing DecisionStore, in batch: inout SampleBatch) {
        let arena = batch.arena.count
        let (labels, texts) = placeAll(by: store, in: batch, from: arena, batch.labels.count)
        if texts > 0 { appendTexts(texts, of: store, to: &batch) }
        guard labels > 0 else { return }
        collectLabels(labels, at: arena, of: store, in: batch)
        batch.labels += self.labels
    }

    /// Makes the series, as they stand once labels and texts are appended at these places.
    ///
    /// - Returns: how many labels and bytes of text there are to append.
    private mutating func placeAll(
        by store: DecisionStore, in batch: SampleBatch, from arena: Int, _ label: Int
    ) -> (labels: Int, texts: Int) {
        let placements = placements
        let first = partial.count
        var (next, end) = (label, arena)
        var hasChanged = false
        var complete: [Series] = []
        swap(&complete, &self.complete)
        var outcomes: [Outcome] = []
        swap(&outcomes, &self.outcomes)
        partial.append(addingCapacity: placements.count) { out in
            for placement in placements {
                let entry = store.entries[Int(placement.entry)]
                guard entry.fate != .dropped else { continue }
                var one = batch.series[Int(placement.series)]
                if entry.fate != .kept {
                    hasChanged = true
                    let moved = UInt32(truncatingIfNeeded: end &- Int(entry.texts.lowerBound))
                    let name = store.labels[Int(entry.labels.lowerBound)]
                    if !name.isReference { one.name = name.moved(by: moved).value }
                    let count = Int(entry.labels.upperBound &- entry.labels.lowerBound) &- 1
                    one.labels = next..<next &+ count
                    next &+= count
                    end &+= Int(entry.texts.upperBound &- entry.texts.lowerBound)
                }
                let isComplete = entry.fate == .complete
                let place = Int32(truncatingIfNeeded: isComplete ? complete.count : first &+ out.count)
                outcomes[Int(placement.series)] = Outcome(labels: entry.result, place: place, isComplete: isComplete)
                if isComplete { complete.append(one) } else { out.append(one) }
            }
        }
        swap(&complete, &self.complete)
        swap(&outcomes, &self.outcomes)
        areChanged = areChanged || hasChanged
        return (next - label, end - arena)
    }

    /// Appends the texts of all series that change; those of neighbours, which are neighbours nearly always, at once.
    private func appendTexts(_ count: Int, of store: DecisionStore, to batch: inout SampleBatch) {
        let entries = store.entries
        let texts = store.texts
        batch.arena.append(addingCapacity: count) { out in
            var run = 0..<0
            for placement in placements {
                let entry = entries[Int(placement.entry)]
                guard !entry.labels.isEmpty else { continue }
                let range = Int(entry.texts.lowerBound)..<Int(entry.texts.upperBound)
                if range.lowerBound == run.upperBound {
                    run = run.lowerBound..<range.upperBound
                } else {
                    out.append(copying: run, of: texts.span)
                    run = range
                }
            }
            out.append(copying: run, of: texts.span)
        }
    }

    /// Collects the labels of all series that change, but for their names; new ones stand from `arena` on.
    private mutating func collectLabels(_ count: Int, at arena: Int, of store: DecisionStore, in batch: SampleBatch) {
        let entries = store.entries
        let stored = store.labels
        let (placements, common) = (placements, common)
        labels.removeAll(keepingCapacity: true)
        labels.append(addingCapacity: count) { out in
            var end = arena
            for placement in placements {
                let entry = entries[Int(placement.entry)]
                guard !entry.labels.isEmpty else { continue }
                let own = batch.series[Int(placement.series)].labels.lowerBound
                let moved = UInt32(truncatingIfNeeded: end &- Int(entry.texts.lowerBound))
                for index in Int(entry.labels.lowerBound) &+ 1..<Int(entry.labels.upperBound) {
                    let label = stored[index]
                    if label.isOwn {
                        out.append(batch.labels[own &+ Int(label.name.offset)])
                    } else if label.isReference {
                        out.append(common[Int(label.name.offset)])
                    } else {
                        out.append(label.moved(by: moved))
                    }
                }
                end &+= Int(entry.texts.upperBound &- entry.texts.lowerBound)
            }
        }
    }
}
