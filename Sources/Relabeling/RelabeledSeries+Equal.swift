import Samples

// Series that relabelling made equal are one, for a request must not have the same labels twice.
extension RelabeledSeries {
    /// Brings the samples of equal series together; only where some changed can there be any.
    mutating func bringTogether(_ batch: borrowing SampleBatch) {
        guard areChanged else { return }
        let repetitions = repetitions()
        guard !repetitions.isEmpty else { return }
        // The merger of the first of each that there are several of.
        var found: [Int: Int] = [:]
        for (index, first) in repetitions {
            let merger = found[first] ?? mergers.count
            if merger == mergers.count {
                found[first] = merger
                let (place, isComplete) = (Int(outcomes[first].place), outcomes[first].isComplete)
                mergers.append(Merger(place: place, isComplete: isComplete, samples: [batch.series[first].samples]))
            }
            mergers[merger].samples.append(batch.series[index].samples)
        }
        remove(repetitions.map(\.index))
    }

    /// The series that equal an earlier one, and which.
    private mutating func repetitions() -> [(index: Int, first: Int)] {
        var capacity = 16
        while capacity < 2 * outcomes.count { capacity &*= 2 }
        var table: [Int32] = []
        swap(&table, &self.table)
        defer { swap(&table, &self.table) }
        table.removeAll(keepingCapacity: true)
        table.append(contentsOf: repeatElement(-1, count: capacity))
        return Self.repetitions(in: outcomes.span, by: &table)
    }

    /// The same, by a table of so many places, a power of two, that are all -1.
    private static func repetitions(
        in outcomes: borrowing Span<Outcome>, by table: inout [Int32]
    ) -> [(index: Int, first: Int)] {
        var slots = table.mutableSpan
        let mask = slots.count &- 1
        var repetitions: [(index: Int, first: Int)] = []
        for index in outcomes.indices where outcomes[index].place >= 0 {
            var slot = Int(truncatingIfNeeded: outcomes[index].labels.low) & mask
            while slots[slot] >= 0, outcomes[Int(slots[slot])].labels != outcomes[index].labels {
                slot = (slot &+ 1) & mask
            }
            if slots[slot] < 0 {
                slots[slot] = Int32(truncatingIfNeeded: index)
            } else {
                repetitions.append((index, Int(slots[slot])))
            }
        }
        return repetitions
    }

    /// Removes series of the push from where they were put.
    private mutating func remove(_ indices: [Int]) {
        var isGone = (
            partial: Array(repeating: false, count: partial.count),
            complete: Array(repeating: false, count: complete.count)
        )
        for index in indices {
            let place = Int(outcomes[index].place)
            if outcomes[index].isComplete { isGone.complete[place] = true } else { isGone.partial[place] = true }
        }
        let places = (
            partial: Self.remove(isGone.partial, of: &partial), complete: Self.remove(isGone.complete, of: &complete)
        )
        for index in mergers.indices {
            let place = mergers[index].place
            mergers[index].place = mergers[index].isComplete ? places.complete[place] : places.partial[place]
        }
    }

    /// Removes the series that are marked, and returns for each where it stands now.
    private static func remove(_ isGone: [Bool], of series: inout [Series]) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(isGone.count)
        var next = 0
        for index in isGone.indices {
            places.append(next)
            guard !isGone[index] else { continue }
            series[next] = series[index]
            next += 1
        }
        series.removeLast(series.count - next)
        return places
    }
}
