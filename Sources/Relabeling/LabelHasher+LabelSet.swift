import Samples

extension LabelHasher {
    /// The hash of a label that does not stand in a batch.
    func hash(_ label: LabelSet.Label) -> SeriesHash {
        let name = hash(label.name.span, ByteRange(offset: 0, count: label.name.count), salt: seed)
        return hash(label.value.span, ByteRange(offset: 0, count: label.value.count), salt: name)
    }

    /// The hash of all labels of a set.
    func hash(_ labels: LabelSet) -> SeriesHash {
        var sum = SeriesHash.zero
        for label in labels.labels { sum += hash(label) }
        return sum
    }
}
