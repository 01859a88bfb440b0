import Samples

/// The labels of one series while rules work on them, `__name__` among them: sorted by name, none without a value.
struct LabelSet: Equatable {
    struct Label: Equatable {
        var name: [UInt8]
        var value: [UInt8]
    }

    /// The name of the label that holds a series' name.
    static let metricName = Array("__name__".utf8)

    private(set) var labels: [Label] = []
    /// The bytes of all names and values.
    private(set) var size = 0

    /// The value of a label; empty where there is none.
    subscript(name: [UInt8]) -> [UInt8] {
        let place = place(of: name)
        return place < labels.count && labels[place].name == name ? labels[place].value : []
    }

    /// Sets a label; an empty value removes it, and an empty name is none.
    mutating func set(_ name: [UInt8], to value: [UInt8]) {
        guard !name.isEmpty else { return }
        let place = place(of: name)
        let isThere = place < labels.count && labels[place].name == name
        if isThere { size -= name.count + labels[place].value.count }
        switch (isThere, value.isEmpty) {
        case (true, true): labels.remove(at: place)
        case (true, false): labels[place].value = value
        case (false, true): return
        case (false, false): labels.insert(Label(name: name, value: value), at: place)
        }
        if !value.isEmpty { size += name.count + value.count }
    }

    /// Sets many labels, one after the other.
    mutating func set(_ others: [Label]) {
        guard others.count > 8 else {
            for label in others { set(label.name, to: label.value) }
            return
        }
        // Each into its place would take the square of their number.
        var last: [[UInt8]: [UInt8]] = [:]
        for label in labels + others { last[label.name] = label.value }
        labels = last.filter { !$0.key.isEmpty && !$0.value.isEmpty }.map(Label.init(name:value:))
        labels.sort { $0.name.lexicographicallyPrecedes($1.name) }
        size = labels.reduce(0) { $0 + $1.name.count + $1.value.count }
    }

    /// Removes the labels that are not to stay.
    mutating func keep(where isKept: (Label) -> Bool) {
        labels.removeAll { !isKept($0) }
        size = labels.reduce(0) { $0 + $1.name.count + $1.value.count }
    }

    /// Removes the labels whose names begin with two underscores, but for the series' name.
    mutating func removeInternal() {
        keep { $0.name == Self.metricName || !Self.isInternal($0.name) }
    }

    /// Whether a label never leaves.
    static func isInternal(_ name: [UInt8]) -> Bool { name.starts(with: "__".utf8) }

    /// Where a label of this name stands, or would.
    private func place(of name: [UInt8]) -> Int {
        var (low, high) = (0, labels.count)
        while low < high {
            let middle = (low + high) / 2
            if labels[middle].name.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension [UInt8] {
    /// Appends the texts of a label, and returns where they stand.
    mutating func append(_ label: LabelSet.Label) -> LabelRange {
        let name = ByteRange(offset: count, count: label.name.count)
        self += label.name
        let value = ByteRange(offset: count, count: label.value.count)
        self += label.value
        return LabelRange(name: name, value: value)
    }
}
