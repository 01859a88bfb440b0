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
        if hasSeries(name) { series = series.filter { arena[$0.name.indices] != arena[name.indices] } }
        families = families.filter { arena[$0.name.indices] != arena[name.indices] }
        families.append(Family(name: name, type: .gauge, help: help))
        pushTime = samples.count
        series.append(
            Series(name: name, labels: labels.count..<labels.count, samples: samples.count..<samples.count + 1))
        samples.append(Sample(value: 0, timestamp: nil))
    }

    private func hasSeries(_ name: ByteRange) -> Bool {
        let bytes = arena.span
        for index in series.indices where bytes.areEqual(series[index].name, name) { return true }
        return false
    }

    private mutating func append(_ text: String) -> ByteRange {
        defer { arena.append(contentsOf: text.utf8) }
        return ByteRange(offset: arena.count, count: text.utf8.count)
    }
}
