import Bytes
import Samples

/// The labels that all series of a push have: the grouping's, encoded once, and the place of `__name__` among them.
struct FixedLabels: Sendable {
    /// A label, and where its field stands in `fields`.
    struct Entry: Sendable {
        var name: [UInt8]
        var value: [UInt8] = []
        var field: Range<Int>
        /// In version 2, what refers to the name and to the value.
        var references: (name: UInt32, value: UInt32) = (0, 0)
    }

    /// The labels as fields of a TimeSeries message, sorted by name; `__name__` is missing, each series has its own.
    private(set) var fields: [UInt8] = []
    /// The labels, sorted by name, `__name__` among them with an empty field.
    private(set) var entries: [Entry] = []
    /// Where `__name__` stands in `entries`.
    let nameIndex: Int

    /// The grouping's labels that have a value: an empty one means that the label is absent (contract G9).
    init(_ grouping: Grouping) {
        // Small pushes pay for this: memory is asked for once.
        var size = 0
        for label in grouping.labels { size += label.name.count + label.value.count + Self.labelOverhead }
        fields.reserveCapacity(size)
        entries.reserveCapacity(grouping.labels.count + 1)
        var nameIndex: Int?
        for label in grouping.labels where !label.value.isEmpty {
            let start = fields.count
            if nameIndex == nil, Self.metricName.span.precedes(label.name.span) {
                nameIndex = entries.count
                entries.append(Entry(name: Self.metricName, field: start..<start))
            }
            fields.append(label: label.name.span, value: label.value.span)
            entries.append(Entry(name: label.name, value: label.value, field: start..<fields.count))
        }
        self.nameIndex = nameIndex ?? entries.count
        if nameIndex == nil { entries.append(Entry(name: Self.metricName, field: fields.count..<fields.count)) }
    }

    private static let metricName = Array("__name__".utf8)
    /// Two tags, and three lengths of at most five bytes, the tag of the field among them.
    private static let labelOverhead = 18

    /// Puts the labels among the symbols of a version 2 message.
    mutating func refer(to symbols: inout SymbolTable) {
        for index in entries.indices {
            let (name, value) = (entries[index].name, entries[index].value)
            entries[index].references = (symbols.reference(to: name.span), symbols.reference(to: value.span))
        }
    }

    /// The fixed labels of series that carry all of theirs: `__name__` alone.
    static var none: FixedLabels { FixedLabels(Grouping(job: [])) }

    /// The entries from `start` on that stand before an own label's name, none of which is equal to it.
    func entries(from start: Int, before name: Span<UInt8>) -> Range<Int> {
        var end = start
        while end < entries.count {
            let fixed = entries[end].name
            guard fixed.span.precedes(name) else { break }
            end += 1
        }
        return start..<end
    }
}

extension Span<UInt8> {
    /// Whether these bytes sort before the others.
    fileprivate func precedes(_ other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }
}
