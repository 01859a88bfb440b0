import Samples

/// The external labels that leave with every series that has none of these names.
struct FixedExternals: Sendable {
    let labels: [LabelSet.Label]
    /// A bit for each length that one of the names has, by its last six bits.
    private let lengths: UInt64

    /// These labels.
    init(_ labels: [LabelSet.Label]) {
        self.labels = labels
        lengths = labels.reduce(0) { $0 | 1 << UInt64($1.name.count % 64) }
    }

    /// A grouping's labels that have a value, and those of these labels that it does not have.
    func joined(with grouping: Grouping) -> Grouping {
        guard !labels.isEmpty else { return grouping }
        let external = labels.map { Grouping.Label(name: $0.name, value: $0.value) }
        let job = Array("job".utf8)
        return Grouping(
            job: grouping.labels.first { $0.name == job }?.value ?? [],
            labels: external + grouping.labels.filter { !$0.value.isEmpty })
    }

    /// Whether a series of a batch has a label of one of these names.
    func areAmongLabels(of batch: borrowing SampleBatch) -> Bool {
        guard !labels.isEmpty else { return false }
        let names = batch.labels.span
        for index in names.indices {
            let name = names[index].name
            guard lengths & (1 &<< UInt64(name.count & 63)) != 0 else { continue }
            if labels.contains(where: { batch.arena[name.indices].elementsEqual($0.name) }) { return true }
        }
        return false
    }
}
