import Samples

extension RelabeledSeries {
    /// The key of a series of those that were hashed last.
    func key(of index: Int) -> SeriesHash { keys[index - firstKey] }

    /// Hashes the labels of series of a batch, where they are not hashed yet, each on top of what all have, into `keys`.
    mutating func hash(_ range: Range<Int>, of batch: borrowing SampleBatch, from common: SeriesHash) {
        keys.removeAll(keepingCapacity: true)
        firstKey = range.lowerBound
        let hasher = LabelHasher.process
        let bytes = batch.arena.span
        let labels = batch.labels.span
        let series = batch.series.span
        let known = range.prefix(max(0, batch.hashes.count - range.lowerBound))
        for index in known {
            var key = common
            key += batch.hashes[index]
            keys.append(key)
        }
        for index in known.upperBound..<range.upperBound {
            let one = series[index]
            var key = common
            key += hasher.hash(bytes, one.name, salt: hasher.metricName)
            for place in one.labels {
                let name = hasher.hash(bytes, labels[place].name, salt: hasher.seed)
                key += hasher.hash(bytes, labels[place].value, salt: name)
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
