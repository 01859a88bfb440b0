/// Brings the series of a batch into one form, and finds those that are there more than once.
///
/// The batch lends it its arrays. The rest is scratch memory: what it learns of one batch it forgets with the next.
struct Canonicalizer: Sendable {
    /// What is wrong with a series.
    enum Violation: Error {
        case duplicate(Series)
        case reserved(ByteRange, Series)
    }

    var series: [Series] = []
    var labels: [LabelRange] = []
    var samples: [Sample] = []
    /// The hashes of the series' labels, where they are kept.
    var hashes: [SeriesHash] = []
    private var shapes = LabelShapes()
    private var table = SeriesTable()
    /// For each series the first one that equals it; empty as long as all differ and have one sample each.
    private var owners: [Int] = []

    /// Takes a batch's arrays, or gives them back.
    mutating func exchange(with batch: inout SampleBatch) {
        swap(&series, &batch.series)
        swap(&labels, &batch.labels)
        swap(&samples, &batch.samples)
        swap(&hashes, &batch.hashes)
    }

    /// Arranges the labels of every series, and brings the samples of equal series together.
    mutating func run(
        _ bytes: borrowing Span<UInt8>, under grouping: Grouping, keepingHashes: Bool
    ) throws(Violation) {
        hashes.removeAll(keepingCapacity: true)
        if keepingHashes {
            hashes.reserveCapacity(series.count)
            try run(bytes, under: grouping, BothLanes.self)
        } else {
            try run(bytes, under: grouping, LowLane.self)
        }
    }

    private mutating func run<Lanes: HashLanes>(
        _ bytes: borrowing Span<UInt8>, under grouping: Grouping, _: Lanes.Type
    ) throws(Violation) {
        shapes.removeAll()
        var table = SeriesTable()
        swap(&table, &self.table)
        defer { swap(&table, &self.table) }
        table.reset(for: series.count)
        var slots = table.slots.mutableSpan
        owners.removeAll(keepingCapacity: true)
        let hasher = LabelHasher.process
        var name = ByteRange.none
        var nameHash = SeriesHash.zero
        for index in series.indices {
            let one = series[index]
            if one.name != name || index == 0 {
                name = one.name
                nameHash = hasher.hash(bytes, name, salt: hasher.metricName)
            }
            var look: LabelShapes.Look
            if let known = shapes.look(at: labels.span.extracting(one.labels), in: bytes, by: hasher, Lanes.self) {
                look = known
            } else {
                look = try learn(one, in: bytes, under: grouping, Lanes.self)
            }
            look.hash += nameHash
            if Lanes.self == BothLanes.self { hashes.append(look.hash) }
            if look.exchanges > 0 {
                shapes.exchange(look.exchanges, in: one.labels, of: &labels)
            } else if !look.isInOrder {
                reorder(index)
            }
            let owner = SeriesTable.find(index, hash: look.hash.low, in: &slots) { other in
                areEqual(series[other], series[index], in: bytes)
            }
            if owner != index || one.samples.count != 1 { setOwner(owner, of: index) }
        }
        if !owners.isEmpty { try bringTogether() }
    }

    @inline(never)
    private mutating func learn<Lanes: HashLanes>(
        _ one: Series, in bytes: borrowing Span<UInt8>, under grouping: Grouping, _: Lanes.Type
    ) throws(Violation) -> LabelShapes.Look {
        let hasher = LabelHasher.process
        if let reserved = shapes.learn(labels[one.labels], in: bytes, under: grouping, by: hasher) {
            throw .reserved(reserved, one)
        }
        guard let look = shapes.look(at: labels.span.extracting(one.labels), in: bytes, by: hasher, Lanes.self) else {
            preconditionFailure("a series has the names that were learned from it")
        }
        return look
    }

    @inline(never)
    private mutating func reorder(_ index: Int) {
        let own = series[index].labels
        let kept = shapes.reorder(own, of: &labels)
        series[index].labels = own.prefix(kept)
    }

    private func areEqual(_ first: Series, _ second: Series, in bytes: borrowing Span<UInt8>) -> Bool {
        guard bytes.areEqual(first.name, second.name), first.labels.count == second.labels.count else { return false }
        for (left, right) in zip(first.labels, second.labels) {
            guard bytes.areEqual(labels[left].name, labels[right].name),
                bytes.areEqual(labels[left].value, labels[right].value)
            else { return false }
        }
        return true
    }

    private mutating func setOwner(_ owner: Int, of index: Int) {
        if owners.isEmpty { owners = Array(series.indices) }
        owners[index] = owner
    }

    /// Gives every series all samples of those that equal it, ascending by time, and removes the others (contract B13).
    private mutating func bringTogether() throws(Violation) {
        var next = Array(repeating: 0, count: series.count)
        for (owner, one) in zip(owners, series) { next[owner] += one.samples.count }
        var start = 0
        for index in next.indices { (next[index], start) = (start, start + next[index]) }
        let parsed = samples
        for (owner, one) in zip(owners, series) {
            for sample in parsed[one.samples] {
                samples[next[owner]] = sample
                next[owner] += 1
            }
        }
        var kept = 0
        start = 0
        for index in series.indices where owners[index] == index {
            series[kept] = series[index]
            series[kept].samples = start..<next[index]
            if !hashes.isEmpty { hashes[kept] = hashes[index] }
            start = next[index]
            kept += 1
        }
        series.removeSubrange(kept...)
        hashes.removeLast(hashes.count - min(kept, hashes.count))
        for one in series { try sort(one) }
    }

    private mutating func sort(_ one: Series) throws(Violation) {
        // Nearly all are ascending as they came; to sort takes memory.
        guard !isAscending(one) else { return }
        samples[one.samples].sort { Canonicalizer.isEarlier($0.timestamp, $1.timestamp) }
        for (earlier, later) in zip(samples[one.samples], samples[one.samples].dropFirst())
        where earlier.timestamp == later.timestamp { throw .duplicate(one) }
    }

    private func isAscending(_ one: Series) -> Bool {
        for index in one.samples.dropFirst() {
            guard Self.isEarlier(samples[index - 1].timestamp, samples[index].timestamp) else { return false }
        }
        return true
    }

    /// The time of receipt stands behind all others: it is now.
    private static func isEarlier(_ first: Int64?, _ second: Int64?) -> Bool {
        guard let first else { return false }
        guard let second else { return true }
        return first < second
    }
}
