import Samples

/// Where a label that a decision gives a series is to be found without a copy of its own.
///
/// Most labels of a series that changes are those that it came with; they need not be copied for each series.
struct LabelOrigins {
    /// The name that the series came with.
    let name: [UInt8]
    /// The labels of its own that the series came with, sorted by name.
    let own: ArraySlice<LabelSet.Label>
    /// The labels that all series of the push have, sorted by name.
    let common: [LabelSet.Label]

    /// The labels of a series, its name first, beside those of its push.
    init(_ labels: [LabelSet.Label] = [], common: [LabelSet.Label] = []) {
        name = labels.first?.value ?? []
        own = labels.dropFirst()
        self.common = common
    }

    /// For each label of a set, but for the name, where it is found; nil where it is a new one.
    func references(of labels: LabelSet) -> [LabelRange?] {
        var (nextOwn, nextCommon) = (own.startIndex, 0)
        var references: [LabelRange?] = []
        // All are sorted, so that none is looked at twice.
        for label in labels.labels where label.name != LabelSet.metricName {
            while nextOwn < own.endIndex, own[nextOwn].name.lexicographicallyPrecedes(label.name) { nextOwn += 1 }
            while nextCommon < common.count, common[nextCommon].name.lexicographicallyPrecedes(label.name) {
                nextCommon += 1
            }
            if nextOwn < own.endIndex, own[nextOwn] == label {
                references.append(.own(nextOwn - own.startIndex))
            } else if nextCommon < common.count, common[nextCommon] == label {
                references.append(.common(nextCommon))
            } else {
                references.append(nil)
            }
        }
        return references
    }
}

// No text is so long that these are ranges of one.
extension LabelRange {
    /// The label of this number among a series' own.
    static func own(_ index: Int) -> LabelRange {
        LabelRange(name: ByteRange(offset: index, count: Int(UInt32.max)), value: .none)
    }

    /// The label of this number among those of the push.
    static func common(_ index: Int) -> LabelRange {
        LabelRange(name: ByteRange(offset: index, count: Int(UInt32.max) - 1), value: .none)
    }

    /// Whether it stands for a label of the series or of the push.
    @inline(__always)
    var isReference: Bool { name.count >= .max - 1 }

    /// Whether it stands for a label of the series.
    @inline(__always)
    var isOwn: Bool { name.count == .max }

    /// The same label, whose texts stand so many bytes further on.
    @inline(__always)
    func moved(by bytes: UInt32) -> LabelRange {
        guard !isReference else { return self }
        var label = self
        label.name.offset &+= bytes
        label.value.offset &+= bytes
        return label
    }
}
