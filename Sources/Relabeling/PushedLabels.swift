import Samples

/// What all series of one push have: the labels of its grouping, and external ones.
struct PushedLabels {
    /// The grouping's labels that have a value.
    let labels: LabelSet
    /// What these labels are to the keys of the push's series.
    ///
    /// A label of the grouping and the same one of a body are not the same there: only from the one is it known that all
    /// series have it.
    let key: SeriesHash
    /// The hash of the external labels that the grouping has not.
    let external: SeriesHash
    /// Their names.
    let externalNames: Set<[UInt8]>
    /// The labels of the grouping and these external ones, sorted by name.
    let common: [LabelSet.Label]

    /// The labels of a push.
    init(_ grouping: Grouping, _ fixed: FixedExternals) {
        var labels = LabelSet()
        for label in grouping.labels { labels.set(label.name, to: label.value) }
        self.labels = labels
        let hasher = LabelHasher.process
        let sum = hasher.hash(labels)
        key = SeriesHash(low: hasher.turn(sum.low), high: hasher.turn(sum.high))
        var external = SeriesHash.zero
        var names: Set<[UInt8]> = []
        for label in fixed.labels where labels[label.name].isEmpty {
            external += hasher.hash(label)
            names.insert(label.name)
        }
        (self.external, externalNames) = (external, names)
        labels.set(fixed.labels.filter { names.contains($0.name) })
        common = labels.labels
    }
}
