// How series that are gone are known and marked.
extension SampleBatch {
    /// The value that says that a series is over: Prometheus's `value.StaleNaN`.
    public static let stale = Double(bitPattern: 0x7ff0_0000_0000_0002)

    /// The hash of each series of a canonical batch, name and labels, the same for the life of the process.
    ///
    /// The lowest bit tells whether a stale marker is to follow the series: it does not where samples have timestamps of
    /// their own, as in Prometheus.
    public func seriesHashes() -> [UInt64] {
        let hasher = ByteHasher.process
        let bytes = arena.span
        var hashes: [UInt64] = []
        hashes.reserveCapacity(series.count)
        for one in series {
            var hash = hasher.hash(bytes, one.name, salt: hasher.seed)
            for label in one.labels {
                hash = hasher.hash(bytes, labels[label].name, salt: hash)
                hash = hasher.hash(bytes, labels[label].value, salt: hash)
            }
            let isMarked = one.samples.allSatisfy { samples[$0].timestamp == nil }
            hashes.append(hash & ~1 | (isMarked ? 1 : 0))
        }
        return hashes
    }

    /// Adds a stale marker for each of some series of another batch; both are canonical.
    ///
    /// A native histogram is ended by one, so that who takes none is not told of it.
    public mutating func appendStale(_ ended: [Int], of other: borrowing SampleBatch) {
        for index in ended {
            let one = other.series[index]
            let name = append(Array(other.arena[one.name.indices]))
            let first = labels.count
            for label in other.labels[one.labels] {
                labels.append(
                    LabelRange(
                        name: append(Array(other.arena[label.name.indices])),
                        value: append(Array(other.arena[label.value.indices]))))
            }
            let kind = one.samples.first.flatMap { other.details(of: other.samples[$0])?.kind } ?? .float
            let sample = samples.count
            series.append(Series(name: name, labels: first..<labels.count, samples: sample..<sample + 1))
            samples.append(Sample(value: Self.stale, timestamp: nil, details: staleDetails(kind)))
        }
        makeRoomBehind()
    }

    private mutating func staleDetails(_ kind: SampleDetails.Kind) -> UInt32 {
        switch kind {
        case .float: return 0
        case .standIn, .created: return add(SampleDetails(kind: kind))
        case .native:
            var histogram = NativeHistogram()
            histogram.sum = Self.stale
            histograms.append(histogram)
            return add(SampleDetails(kind: .native(histograms.count - 1)))
        }
    }
}
