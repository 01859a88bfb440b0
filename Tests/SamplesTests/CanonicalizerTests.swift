import Fixtures
import Samples
import Testing

@Suite("Batches of every kind against a dictionary (G9, B5, B13)")
struct CanonicalizerTests {
    @Test func `random batches become what a dictionary makes of them`() {
        var random = SplitMix(state: 42)
        var batch = SampleBatch()
        var (accepted, refused) = (0, 0)
        for _ in 0..<3_000 {
            let rows = randomRows(&random)
            let grouping = Grouping("j", [["a": "", "c": "g"], ["b": "1"], [:]].randomElement(using: &random) ?? [:])
            batch.removeAll()
            batch.fill(rows)
            do {
                let expected = try naive(rows, under: grouping)
                let isKeeping = Bool.random(using: &random)
                try batch.canonicalize(under: grouping, keepingHashes: isKeeping)
                #expect(batch.canonical == expected)
                #expect(batch.hashes == (isKeeping ? batch.series.map(batch.hash) : []))
                accepted += 1
            } catch {
                #expect(throws: error) { try canonical(rows, under: grouping) }
                // What a refused batch leaves behind must not matter to the next one.
                #expect(throws: error) { try batch.canonicalize(under: grouping) }
                refused += 1
            }
        }
        #expect(accepted > 500 && refused > 500)
    }

    @Test func `10,000 series and one duplicate among them`() throws {
        var rows = (0..<10_000).map { Row("requests", ["path": "/\($0)", "code": "200"], Double($0)) }
        let series = try canonical(rows)
        #expect(series.map(\.values) == (0..<10_000).map { [Double($0)] })
        #expect(series[9_999].text == #"requests{code="200",path="/9999"}"#)
        rows.append(Row("requests", ["code": "200", "path": "/1234"]))
        #expect(throws: BatchError.duplicateSeries(#"requests{code="200",path="/1234"}"#)) { try canonical(rows) }
    }

    @Test func `where hashes share the bits that are kept, series stay apart`() throws {
        // The table keeps some 13 bits of each hash beyond the slot: among so many, some are the same.
        var batch = SampleBatch()
        batch.arena = Array((100_000..<200_000).map(String.init).joined().utf8)
        for index in 0..<100_000 {
            batch.series.append(
                Series(name: ByteRange(offset: 6 * index, count: 6), labels: 0..<0, samples: index..<index + 1))
            batch.samples.append(Sample(value: Double(index), timestamp: nil))
        }
        try batch.canonicalize(under: Grouping("j"))
        #expect(batch.series.count == 100_000)
    }

    @Test func `a batch after a larger one has nothing of it`() throws {
        var batch = SampleBatch((0..<500).map { Row("a", ["x": "\($0)"]) })
        try batch.canonicalize(under: Grouping("j", ["y": "1"]))
        batch.removeAll()
        batch.fill([Row("a", ["x": "1", "y": "2"]), Row("a", ["x": "3", "y": "2"])])
        try batch.canonicalize(under: Grouping("j", ["x": "1"]), expecting: #"a{y="2"}"#)
        batch.removeAll()
        batch.fill([Row("a", ["x": "1", "y": "2"])])
        try batch.canonicalize(under: Grouping("j"))
        #expect(batch.canonical.map(\.text) == [#"a{x="1",y="2"}"#])
    }
}

extension SampleBatch {
    /// Expects that the batch is refused because of this series.
    fileprivate mutating func canonicalize(under grouping: Grouping, expecting series: String) throws {
        do throws(BatchError) {
            try canonicalize(under: grouping)
            Issue.record("\(series) is there twice")
        } catch {
            #expect(error == .duplicateSeries(series))
        }
    }
}

/// Lines of a small alphabet, so that series meet again in another spelling.
private func randomRows(_ random: inout SplitMix) -> [Row] {
    let times: [Int64?] = Bool.random(using: &random) ? [nil, 1, 2] : [nil] + (0..<50).map { Int64($0) }
    return (0..<Int.random(in: 0...12, using: &random)).map { _ in
        var row = Row(["m", "n"].randomElement(using: &random) ?? "m")
        for name in ["a", "b", "c", "B", "_"].shuffled(using: &random) where Int.random(in: 0..<3, using: &random) == 0
        {
            row.labels.append((name: name, value: ["", "1", "2"].randomElement(using: &random) ?? ""))
        }
        row.value = Double(Int.random(in: 0...99, using: &random))
        row.timestamp = times.randomElement(using: &random) ?? nil
        return row
    }
}

/// The same by strings and a dictionary.
private func naive(_ rows: [Row], under grouping: Grouping) throws(BatchError) -> [Canonical] {
    let overridden = Set(grouping.labels.map { String(decoding: $0.name, as: UTF8.self) })
    var order: [String] = []
    var samples: [String: [(time: Int64?, value: Double)]] = [:]
    for row in rows {
        let own = row.labels.filter { !$0.value.isEmpty && !overridden.contains($0.name) }
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            .map { "\($0.name)=\"\($0.value)\"" }
        let text = row.name + (own.isEmpty ? "" : "{\(own.joined(separator: ","))}")
        if samples[text] == nil { order.append(text) }
        samples[text, default: []].append((row.timestamp, row.value))
    }
    var series: [Canonical] = []
    for text in order {
        let ordered = (samples[text] ?? []).sorted { ($0.time ?? .max) < ($1.time ?? .max) }
        if Set(ordered.map(\.time)).count < ordered.count { throw .duplicateSeries(text) }
        series.append(Canonical(text: text, values: ordered.map(\.value), timestamps: ordered.map(\.time)))
    }
    return series
}

extension SampleBatch {
    /// What stands for the labels of a series, taken one by one.
    fileprivate func hash(of one: Series) -> SeriesHash {
        let hasher = LabelHasher.process
        var sum = hasher.hash(arena.span, one.name, salt: hasher.metricName)
        for label in labels[one.labels] {
            sum += hasher.hash(arena.span, label.value, salt: hasher.hash(arena.span, label.name, salt: hasher.seed))
        }
        return sum
    }
}
