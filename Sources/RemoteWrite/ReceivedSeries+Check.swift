extension ReceivedSeries {
    /// Refuses what both versions forbid in a series: RW1 "Labels" and "Ordering", RW2 "Series Labels" and
    /// "Samples and Histogram Samples".
    func check() throws(ReadError) {
        try checkLabels()
        for (previous, sample) in zip(samples, samples.dropFirst()) {
            try Self.checkOrder(previous.timestamp, sample.timestamp)
            // Not forbidden in so many words, but receivers refuse it: only one of the two can be stored.
            guard previous.timestamp < sample.timestamp || previous.value.bitPattern == sample.value.bitPattern else {
                throw .conflictingSamples(timestamp: sample.timestamp)
            }
        }
        for (previous, histogram) in zip(histograms, histograms.dropFirst()) {
            try Self.checkOrder(previous.timestamp, histogram.timestamp)
        }
    }

    private func checkLabels() throws(ReadError) {
        var hasName = false
        var previous: String?
        for label in labels {
            guard !label.name.isEmpty else { throw .emptyLabelName }
            guard !label.value.isEmpty else { throw .emptyLabelValue(name: label.name) }
            if let previous {
                // By bytes: as strings, two names that differ in normalization only would be the same.
                guard !previous.utf8.elementsEqual(label.name.utf8) else { throw .duplicateLabel(name: label.name) }
                guard previous.utf8.lexicographicallyPrecedes(label.name.utf8) else {
                    throw .unsortedLabel(name: label.name, after: previous)
                }
            }
            previous = label.name
            hasName = hasName || label.name == "__name__"
        }
        guard hasName else { throw .missingName }
    }

    private static func checkOrder(_ previous: Int64, _ next: Int64) throws(ReadError) {
        guard previous <= next else { throw .outOfOrder(timestamp: next, after: previous) }
    }
}
