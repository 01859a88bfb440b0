import Samples

extension RelabeledSeries {
    /// Hashes the labels of series of a batch, each on top of what all have, into `keys`.
    mutating func hash(_ range: Range<Int>, of batch: borrowing SampleBatch, from common: SeriesHash) {
        var names = names
        defer { self.names = names }
        keys.removeAll(keepingCapacity: true)
        let hasher = LabelHasher.process
        let bytes = batch.arena.span
        let labels = batch.labels.span
        let series = batch.series.span
        for index in range {
            let one = series[index]
            var key = common
            key += names.metric(one.name, in: bytes, by: hasher)
            for place in 0..<one.labels.count {
                let label = labels[one.labels.lowerBound &+ place]
                let salt = names.label(label.name, at: place, in: bytes, by: hasher)
                key += hasher.hash(bytes, label.value, salt: salt)
            }
            keys.append(key)
        }
    }

    /// Notes for each of these series, whose keys are known, the decision of a store in `placements`, or that there is none
    /// in `misses`.
    mutating func find(_ range: Range<Int>, in store: borrowing DecisionStore) {
        placements.removeAll(keepingCapacity: true)
        let keys = keys
        var next = 0
        for place in keys.indices {
            let index = range.lowerBound &+ place
            // What came in this order will come in this order again.
            if let found = store.find(keys[place], likelyAt: next) {
                placements.append(Placement(index, as: found))
                next = found &+ 1
            } else {
                misses.append(index)
            }
        }
    }
}
