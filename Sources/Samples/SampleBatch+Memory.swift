extension SampleBatch {
    /// What a series takes in the table in which equal ones are found.
    private static let slots = 24

    /// The bytes that its arrays hold, and the tables of `canonicalize`.
    public var memory: Int {
        arena.count + Self.bytes(labels) + Self.bytes(samples) + Self.bytes(series) + Self.bytes(hashes)
            + Self.bytes(families)
            + Self.bytes(details) + Self.bytes(exemplars) + Self.bytes(exemplarLabels) + Self.bytes(histograms)
            + Self.bytes(spans) + Self.bytes(deltas) + Self.bytes(counts) + series.count * Self.slots
    }

    private static func bytes<Element>(_ array: [Element]) -> Int { array.count * MemoryLayout<Element>.stride }
}
