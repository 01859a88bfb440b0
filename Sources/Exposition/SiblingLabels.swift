internal import Bytes
internal import Samples

/// The labels of a batch's series, compared without the one in which siblings differ and those that have no value.
struct SiblingLabels {
    /// The batch's labels.
    let labels: [LabelRange]
    /// The batch's arena.
    let bytes: [UInt8]
    private let le = Array("le".utf8)
    private let quantile = Array("quantile".utf8)

    /// The labels of a batch.
    init(of batch: borrowing SampleBatch) {
        labels = batch.labels
        bytes = batch.arena
    }

    /// The hash of a series' labels and family, the same in whatever order the labels stand.
    func hash(_ siblings: StartTimes.Siblings) -> UInt64 {
        let hasher = ByteHasher.process
        var sum: UInt64 = 0
        for index in siblings.labels where !isIgnored(index, siblings.bound) {
            let name = hasher.hash(bytes.span, labels[index].name, salt: hasher.seed)
            sum &+= hasher.hash(bytes.span, labels[index].value, salt: name)
        }
        return hasher.combine(sum, UInt64(truncatingIfNeeded: siblings.family))
    }

    /// Whether series have the same family and labels, in whatever order.
    func areAlike(_ first: StartTimes.Siblings, _ second: StartTimes.Siblings) -> Bool {
        guard first.hash == second.hash, first.family == second.family else { return false }
        return areInStep(first, second) || sorted(first) == sorted(second)
    }

    /// Whether series of one family have the same labels in the same order.
    func areInStep(_ first: StartTimes.Siblings, _ second: StartTimes.Siblings) -> Bool {
        var (left, right) = (first.labels.lowerBound, second.labels.lowerBound)
        while true {
            left = next(left, of: first)
            right = next(right, of: second)
            guard left < first.labels.upperBound, right < second.labels.upperBound else { break }
            guard areEqual(labels[left].name, labels[right].name), areEqual(labels[left].value, labels[right].value)
            else { return false }
            left += 1
            right += 1
        }
        return left == first.labels.upperBound && right == second.labels.upperBound
    }

    /// The index of the first label from here on that counts.
    private func next(_ start: Int, of siblings: StartTimes.Siblings) -> Int {
        var index = start
        while index < siblings.labels.upperBound, isIgnored(index, siblings.bound) { index += 1 }
        return index
    }

    private func areEqual(_ first: ByteRange, _ second: ByteRange) -> Bool {
        BlockScanner.areEqual(bytes.span, first.indices, bytes.span, second.indices)
    }

    /// Names with their values, sorted.
    private func sorted(_ siblings: StartTimes.Siblings) -> [[[UInt8]]] {
        var texts: [[[UInt8]]] = []
        for index in siblings.labels where !isIgnored(index, siblings.bound) {
            texts.append([text(labels[index].name), text(labels[index].value)])
        }
        return texts.sorted { $0[0].lexicographicallyPrecedes($1[0]) }
    }

    private func text(_ range: ByteRange) -> [UInt8] { Array(bytes[range.indices]) }

    private func isIgnored(_ index: Int, _ bound: SampleName.Bound) -> Bool {
        guard labels[index].value.count > 0 else { return true }
        let name = labels[index].name
        let ignored = bound == .le ? le : quantile
        guard bound != .none, Int(name.count) == ignored.count else { return false }
        return BlockScanner.areEqual(bytes.span, name.indices, ignored.span, ignored.indices)
    }
}
