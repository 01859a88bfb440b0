extension SampleBatch {
    private static let pushTimeName = "push_time_seconds"
    private static let pushTimeHelp = "The time at which the push was received, in seconds since the epoch."

    /// Adds the gauge `push_time_seconds`, which takes the place of what was pushed under that name (contract B10).
    ///
    /// For a canonical batch; its value comes with `arrange`.
    public mutating func addPushTime() {
        let (name, help) = (append(Self.pushTimeName), append(Self.pushTimeHelp))
        // Texts are compared and copied in whole blocks.
        arena.append(contentsOf: repeatElement(0, count: 32))
        remove(family: name)
        families.append(Family(name: name, type: .gauge, help: help))
        pushTime = samples.count
        series.append(
            Series(name: name, labels: labels.count..<labels.count, samples: samples.count..<samples.count + 1))
        samples.append(Sample(value: 0, timestamp: nil))
    }

    /// Removes what was pushed as this family, whose series have suffixes where it is a histogram or a summary.
    private mutating func remove(family name: ByteRange) {
        let family = family(name)
        guard family != nil || hasSeries(name) else { return }
        var names = [arena[name.indices]]
        if let family {
            families.removeAll { arena[$0.name.indices] == names[0] }
            names += Self.suffixes(of: family.type).map { names[0] + Array($0.utf8) }
        }
        series.removeAll { names.contains(arena[$0.name.indices]) }
        hashes.removeAll()
    }

    private static func suffixes(of type: MetricType) -> [String] {
        switch type {
        case .histogram, .gaugeHistogram: ["_bucket", "_sum", "_count", "_gsum", "_gcount", "_created"]
        case .summary: ["_sum", "_count", "_created"]
        default: []
        }
    }

    private mutating func family(_ name: ByteRange) -> Family? {
        let bytes = arena.span
        for index in families.indices where bytes.areEqual(families[index].name, name) { return families[index] }
        return nil
    }

    private mutating func hasSeries(_ name: ByteRange) -> Bool {
        let bytes = arena.span
        for index in series.indices where bytes.areEqual(series[index].name, name) { return true }
        return false
    }

    private mutating func append(_ text: String) -> ByteRange {
        defer { arena.append(contentsOf: text.utf8) }
        return ByteRange(offset: arena.count, count: text.utf8.count)
    }
}
