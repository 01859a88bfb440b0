// What becomes of series that were scraped, and not pushed: they get a target's labels, not a URL's.
extension SampleBatch {
    /// Gives every series these labels, where it has none of that name, not even one without a value.
    ///
    /// As Prometheus does with `honor_labels: true`. For a batch as parsed; its label names still differ within each
    /// series.
    public mutating func attach(_ labels: [Grouping.Label]) {
        let ranges = labels.map { append($0) }
        makeRoomBehind()
        var all: [LabelRange] = []
        all.reserveCapacity(self.labels.count + series.count * ranges.count)
        let texts = arena
        let bytes = texts.span
        for index in series.indices {
            let start = all.count
            let own = series[index].labels
            for label in own { all.append(self.labels[label]) }
            for range in ranges where !own.contains(where: { bytes.areEqual(self.labels[$0].name, range.name) }) {
                all.append(range)
            }
            series[index].labels = start..<all.count
        }
        self.labels = all
    }

    /// Keeps the series whose names are wanted, and the families whose own names are.
    public mutating func keep(where isKept: ([UInt8]) -> Bool) {
        var (name, decision) = (ByteRange.none, false)
        let texts = arena
        let bytes = texts.span
        var kept: [Series] = []
        kept.reserveCapacity(series.count)
        for one in series {
            // Those of one family mostly stand together.
            if !bytes.areEqual(one.name, name) || name.count == 0 {
                name = one.name
                decision = isKept(Array(arena[name.indices]))
            }
            if decision { kept.append(one) }
        }
        guard kept.count < series.count else { return }
        series = kept
        families.removeAll { !isKept(Array(arena[$0.name.indices])) }
    }

    /// How many samples Prometheus would say that it scraped: a native histogram is one, and has no classic series.
    public var scrapedSamples: Int {
        guard !details.isEmpty else { return series.reduce(0) { $0 + $1.samples.count } }
        return series.lazy.flatMap(\.samples).count { details(of: samples[$0])?.kind != .standIn }
    }

    /// Adds a series of one sample at the time of receipt, to a canonical batch.
    ///
    /// - Parameter labels: sorted by name, each with a value.
    public mutating func append(_ name: String, _ value: Double, labels: [Grouping.Label]) {
        let range = append(Array(name.utf8))
        let first = self.labels.count
        for label in labels { self.labels.append(append(label)) }
        series.append(
            Series(name: range, labels: first..<self.labels.count, samples: samples.count..<samples.count + 1))
        samples.append(Sample(value: value, timestamp: nil))
        makeRoomBehind()
    }

    private mutating func append(_ label: Grouping.Label) -> LabelRange {
        LabelRange(name: append(label.name), value: append(label.value))
    }

    mutating func append(_ text: [UInt8]) -> ByteRange {
        defer { arena.append(contentsOf: text) }
        return ByteRange(offset: arena.count, count: text.count)
    }

    /// Texts are compared and copied in whole blocks.
    mutating func makeRoomBehind() { arena.append(contentsOf: repeatElement(0, count: 32)) }
}
