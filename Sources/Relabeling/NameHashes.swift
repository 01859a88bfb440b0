import Samples

/// The hashes of names, for the series of a batch nearly always have the same names in the same places.
struct NameHashes: Sendable {
    private struct Known: Sendable {
        var name = ByteRange.none
        var hash = SeriesHash.zero
    }

    /// For each place among a series' labels, the name that stood there last.
    private var labels = [16 of Known](repeating: Known())
    /// The metric name that came last, as a label.
    private var metric = Known()

    /// Forgets the names, which stand in one batch.
    mutating func removeAll() {
        labels = [16 of Known](repeating: Known())
        metric = Known()
    }

    /// The hash of a label's name.
    @inline(__always)
    mutating func label(
        _ name: ByteRange, at place: Int, in bytes: borrowing Span<UInt8>, by hasher: LabelHasher
    ) -> SeriesHash {
        if place < labels.count, labels[place].name == name { return labels[place].hash }
        return learn(name, at: place, in: bytes, by: hasher)
    }

    @inline(never)
    private mutating func learn(
        _ name: ByteRange, at place: Int, in bytes: borrowing Span<UInt8>, by hasher: LabelHasher
    ) -> SeriesHash {
        let hash = hasher.hash(bytes, name, salt: hasher.seed)
        if place < labels.count { labels[place] = Known(name: name, hash: hash) }
        return hash
    }

    /// The hash of a metric name, as the value of the label that it is.
    @inline(__always)
    mutating func metric(_ name: ByteRange, in bytes: borrowing Span<UInt8>, by hasher: LabelHasher) -> SeriesHash {
        if metric.name != name { metric = Known(name: name, hash: hasher.hash(bytes, name, salt: hasher.metricName)) }
        return metric.hash
    }
}
