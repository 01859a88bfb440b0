public import Samples
import Settings
import Synchronization

/// Takes the series of pushes through relabelling and external labels, for destinations of one kind; any thread.
///
/// What becomes of a series is decided once and remembered, so that a series that comes again costs a look-up of the hash
/// of its labels.
public final class Relabeler: Sendable {
    /// So many series are looked up under one lock.
    private static let stride = 256
    /// An arena beyond this is too near to what a range can say.
    private static let arenaLimit = Int(UInt32.max) - 256 << 20
    /// More than any permit.
    private static let tooMuch = 1 << 48
    /// Decisions about new series are admitted in steps of so many bytes.
    private static let step = 1 << 20

    let chain: RelabelChain
    private let fixed: FixedExternals
    private let cache: Mutex<DecisionCache>

    /// A relabeler that remembers at most so many decisions.
    init(_ chain: RelabelChain, cacheSize: Int) {
        self.chain = chain
        fixed = FixedExternals(chain.fixed)
        cache = Mutex(DecisionCache(limit: cacheSize))
    }

    /// How many decisions are remembered.
    var cached: Int { cache.withLock(\.count) }

    /// Relabels a canonical batch, which gets the texts and labels of series that change; its series stay as they are.
    ///
    /// - Parameter admit: is told what the batch has grown by, and may end the work by throwing.
    public func relabel<Refusal: Error>(
        _ batch: inout SampleBatch, under grouping: Grouping, into out: inout RelabeledSeries,
        admit: (Int) throws(Refusal) -> Void
    ) throws(Refusal) {
        out.removeAll()
        out.grouping = fixed.joined(with: grouping)
        // Where nothing but external labels is to be seen to, and no series has one of them, all leave alike.
        if chain.hasNoRules, !fixed.areAmongLabels(of: batch) { return }
        out.isUntouched = false
        let dropped = RelabeledSeries.Outcome(labels: .zero, place: -1, isComplete: false)
        out.outcomes.append(contentsOf: repeatElement(dropped, count: batch.series.count))
        let pushed = PushedLabels(grouping, fixed)
        let before = batch.relabeledMemory
        out.common = pushed.common.map { batch.arena.append($0) }
        try admit(batch.relabeledMemory - before)
        for start in Swift.stride(from: 0, to: batch.series.count, by: Self.stride) {
            let range = start..<min(start + Self.stride, batch.series.count)
            let before = batch.relabeledMemory
            lookUp(range, of: &batch, under: pushed, into: &out)
            try admit(batch.arena.count < Self.arenaLimit ? batch.relabeledMemory - before : Self.tooMuch)
            if !out.misses.isEmpty { try decide(&batch, under: pushed, into: &out, admit: admit) }
        }
        out.bringTogether(batch)
    }

    /// Puts the series whose fate is known where they belong, and notes the others.
    private func lookUp(
        _ range: Range<Int>, of batch: inout SampleBatch, under pushed: PushedLabels, into out: inout RelabeledSeries
    ) {
        out.hash(range, of: batch, from: pushed.key)
        out.misses.removeAll(keepingCapacity: true)
        cache.withLock { cache in
            out.find(range, in: cache.young)
            out.place(by: cache.young, in: &batch)
            var unknown = 0
            for index in out.misses {
                // What the old generation knows becomes young, and may push others out: so one by one.
                if let found = cache.find(out.key(of: index)) {
                    out.placements = [RelabeledSeries.Placement(index, as: found)]
                    out.place(by: cache.young, in: &batch)
                } else {
                    out.misses[unknown] = index
                    unknown += 1
                }
            }
            out.misses.removeLast(out.misses.count - unknown)
        }
    }

    /// Decides about the series that were not known, under no lock.
    private func decide<Refusal: Error>(
        _ batch: inout SampleBatch, under pushed: PushedLabels, into out: inout RelabeledSeries,
        admit: (Int) throws(Refusal) -> Void
    ) throws(Refusal) {
        var fresh = DecisionStore()
        swap(&fresh, &out.fresh)
        defer { swap(&fresh, &out.fresh) }
        fresh.removeAll()
        out.placements.removeAll(keepingCapacity: true)
        for index in out.misses {
            let entry = decide(batch.ownLabels(of: index), under: out.key(of: index), beside: pushed, into: &fresh)
            out.placements.append(RelabeledSeries.Placement(index, as: entry))
            guard fresh.size > Self.step || index == out.misses.last else { continue }
            let before = batch.relabeledMemory
            out.place(by: fresh, in: &batch)
            try admit(batch.arena.count < Self.arenaLimit ? batch.relabeledMemory - before : Self.tooMuch)
            remember(fresh)
            fresh.removeAll()
            out.placements.removeAll(keepingCapacity: true)
        }
    }

    private func remember(_ fresh: borrowing DecisionStore) {
        cache.withLock { cache in
            for index in fresh.entries.indices { cache.add(index, of: fresh) }
        }
    }

    /// Decides about a series with these labels of its own, and returns the index of the decision.
    private func decide(
        _ own: [LabelSet.Label], under key: SeriesHash, beside pushed: PushedLabels, into store: inout DecisionStore
    ) -> Int {
        let hasher = LabelHasher.process
        var labels = pushed.labels
        labels.set(own)
        var expected = hasher.hash(labels)
        expected += pushed.external
        let isOverridden = own.contains { pushed.externalNames.contains($0.name) }
        guard chain.run(&labels) else { return store.add(key, .zero, .dropped) }
        let result = hasher.hash(labels)
        guard result != expected || isOverridden else { return store.add(key, result, .kept) }
        return store.add(key, result, labels, from: LabelOrigins(own, common: pushed.common))
    }
}

extension SampleBatch {
    /// The memory that grows when it is relabelled.
    fileprivate var relabeledMemory: Int { arena.count + labels.count * MemoryLayout<LabelRange>.stride }

    /// The labels of a series, its name among them.
    fileprivate func ownLabels(of index: Int) -> [LabelSet.Label] {
        let one = series[index]
        var own = [LabelSet.Label(name: LabelSet.metricName, value: Array(arena[one.name.indices]))]
        own.reserveCapacity(one.labels.count + 1)
        for label in labels[one.labels] {
            own.append(LabelSet.Label(name: Array(arena[label.name.indices]), value: Array(arena[label.value.indices])))
        }
        return own
    }
}
