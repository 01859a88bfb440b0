import Samples

/// A sample line of a body.
struct Row {
    var name: String
    var labels: [(name: String, value: String)]
    var value: Double
    var timestamp: Int64?

    init(_ name: String, _ labels: KeyValuePairs<String, String> = [:], _ value: Double = 1, at timestamp: Int64? = nil)
    {
        self.name = name
        self.labels = labels.map { (name: $0.key, value: $0.value) }
        self.value = value
        self.timestamp = timestamp
    }
}

/// What became of a series.
struct Canonical: Equatable {
    var text: String
    var values: [Double]
    var timestamps: [Int64?]
}

extension SampleBatch {
    /// What a parser makes of these lines: every text stands at a place of its own.
    init(_ rows: [Row]) {
        self.init()
        fill(rows)
    }

    mutating func fill(_ rows: [Row]) {
        for row in rows {
            let first = labels.count
            for label in row.labels { labels.append(LabelRange(name: put(label.name), value: put(label.value))) }
            series.append(
                Series(name: put(row.name), labels: first..<labels.count, samples: samples.count..<samples.count + 1))
            samples.append(Sample(value: row.value, timestamp: row.timestamp))
        }
    }

    private mutating func put(_ text: String) -> ByteRange {
        arena += text.utf8
        return ByteRange(offset: arena.count - text.utf8.count, count: text.utf8.count)
    }

    /// The series as they stand in the batch.
    var canonical: [Canonical] {
        series.map { one in
            Canonical(
                text: describe(one), values: samples[one.samples].map(\.value),
                timestamps: samples[one.samples].map(\.timestamp))
        }
    }
}

extension Grouping {
    init(_ job: String, _ labels: KeyValuePairs<String, String> = [:]) {
        self.init(
            job: Array(job.utf8), labels: labels.map { Label(name: Array($0.key.utf8), value: Array($0.value.utf8)) })
    }
}

/// The series that rows become under a grouping.
func canonical(_ rows: [Row], under grouping: Grouping = Grouping("j")) throws(BatchError) -> [Canonical] {
    var batch = SampleBatch(rows)
    try batch.canonicalize(under: grouping)
    return batch.canonical
}
