internal import Samples

/// Adds exemplars, and the details that lead to them, to the arrays of a batch.
struct ExemplarRows: Sendable {
    private var details: [SampleDetails] = []
    private var exemplars: [Exemplar] = []
    /// The labels of exemplars: of those that have been added, and of the one that comes next.
    var labels: [LabelRange] = []

    /// Takes a batch's arrays, which are empty, or gives them back.
    mutating func exchange(with batch: inout SampleBatch) {
        swap(&details, &batch.details)
        swap(&exemplars, &batch.exemplars)
        swap(&labels, &batch.exemplarLabels)
    }

    /// Adds an exemplar whose labels have been added; returns what the sample that has it says in its `details`.
    mutating func add(_ exemplar: Exemplar) -> UInt32 {
        details.append(SampleDetails(exemplars: exemplars.count..<exemplars.count + 1))
        exemplars.append(exemplar)
        return UInt32(truncatingIfNeeded: details.count)
    }
}
