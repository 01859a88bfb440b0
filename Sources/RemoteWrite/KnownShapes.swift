import Samples

/// The shapes that series of a push had so far, the last few of them.
struct KnownShapes {
    private static let limit = 16

    private var shapes: [SeriesShape] = []
    private var oldest = 0

    /// The shape of a series, or nil where it is none worth having.
    mutating func shape(
        of index: Int, in batch: borrowing SampleBatch, under fixed: FixedLabels
    ) -> SeriesShape? {
        place(of: index, in: batch, under: fixed).map { shapes[$0] }
    }

    /// The same with its references, for version 2.
    mutating func shape(
        of index: Int, in batch: borrowing SampleBatch, under fixed: FixedLabels, referringTo symbols: inout SymbolTable
    ) -> SeriesShape? {
        guard let place = place(of: index, in: batch, under: fixed) else { return nil }
        if shapes[place].references.isEmpty { shapes[place].refer(to: fixed, &symbols) }
        return shapes[place]
    }

    private mutating func place(
        of index: Int, in batch: borrowing SampleBatch, under fixed: FixedLabels
    ) -> Int? {
        let series = batch.series[index]
        for place in shapes.indices where shapes[place].matches(series, in: batch) { return place }
        // A shape costs more than writing a series without one: it pays from the second series on.
        guard index + 1 < batch.series.count, Self.areAlike(series, batch.series[index + 1], in: batch) else {
            return nil
        }
        guard let shape = SeriesShape(series, in: batch, under: fixed) else { return nil }
        guard shapes.count == Self.limit else {
            shapes.append(shape)
            return shapes.count - 1
        }
        defer { oldest = (oldest + 1) % Self.limit }
        shapes[oldest] = shape
        return oldest
    }

    /// Whether the own labels of two series have the same names.
    private static func areAlike(_ series: Series, _ other: Series, in batch: borrowing SampleBatch) -> Bool {
        guard series.labels.count == other.labels.count else { return false }
        for (label, otherLabel) in zip(series.labels, other.labels) {
            let name = batch.labels[label].name.indices
            let otherName = batch.labels[otherLabel].name.indices
            guard batch.arena[name] == batch.arena[otherName] else { return false }
        }
        return true
    }
}
