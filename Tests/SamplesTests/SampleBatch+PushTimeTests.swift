import Samples
import Testing

@Suite("The time of a push (B10)")
struct SampleBatchPushTimeTests {
    private let grouping = Grouping(job: Array("j".utf8))

    private func texts(_ batch: SampleBatch) -> [String] {
        batch.series.map { "\(batch.describe($0)) \(batch.samples[$0.samples].map(\.value))" }
    }

    @Test func `is one more series, whose value is the time of receipt in seconds`() throws {
        var batch = SampleBatch([Row("a", ["l": "v"], 1)])
        try batch.canonicalize(under: grouping)
        batch.addPushTime()
        try batch.arrange(receiptTime: 1_700_000_000_123)
        #expect(texts(batch) == ["a{l=\"v\"} [1.0]", "push_time_seconds [1700000000.123]"])
        #expect(batch.samples.last?.timestamp == nil)
        // Stamped anew, it has another value.
        try batch.arrange(receiptTime: 1_700_000_001_000)
        #expect(texts(batch).last == "push_time_seconds [1700000001.0]")
        let family = try #require(batch.families.last)
        #expect(batch.text(family.name) == "push_time_seconds")
        #expect(family.type == .gauge)
        #expect(batch.text(family.help).isEmpty == false)
    }

    @Test func `is all that an empty push has`() throws {
        var batch = SampleBatch()
        try batch.canonicalize(under: grouping)
        batch.addPushTime()
        try batch.arrange(receiptTime: 5_000)
        #expect(texts(batch) == ["push_time_seconds [5.0]"])
    }

    @Test func `takes the place of what was pushed under its name`() throws {
        var batch = SampleBatch([
            Row("push_time_seconds", ["a": "b"], 1), Row("a", [:], 2), Row("push_time_seconds", [:], 3),
        ])
        try batch.canonicalize(under: grouping)
        let name = batch.series[0].name
        batch.families = [Family(name: name, type: .counter)]
        batch.addPushTime()
        try batch.arrange(receiptTime: 7_000)
        #expect(texts(batch) == ["a [2.0]", "push_time_seconds [7.0]"])
        #expect(batch.families.map(\.type) == [.gauge])
    }

    @Test(arguments: [(MetricType.histogram, 1), (.summary, 2), (.gauge, 4)])
    func `takes the place of a family with suffixes`(type: MetricType, left: Int) throws {
        var batch = SampleBatch([
            Row("push_time_seconds_bucket", ["le": "+Inf"], 1), Row("push_time_seconds_sum", [:], 2),
            Row("push_time_seconds_count", [:], 3), Row("push_time_seconds", [:], 4),
            Row("push_time_seconds_else", [:], 5),
        ])
        try batch.canonicalize(under: grouping)
        batch.families = [Family(name: batch.series[3].name, type: type)]
        batch.addPushTime()
        #expect(batch.series.count == left + 1)
    }

    @Test func `is forgotten with the batch`() throws {
        var batch = SampleBatch()
        batch.addPushTime()
        batch.removeAll()
        try batch.canonicalize(under: grouping)
        try batch.arrange(receiptTime: 7_000)
        #expect(batch.series.isEmpty)
    }
}
