import Samples
import Testing

@Suite("Batches of samples")
struct SampleBatchTests {
    @Test func `an emptied batch keeps its memory`() {
        var batch = SampleBatch([Row("a", ["b": "c"]), Row("d")])
        batch.families.append(Family(name: .none, type: .gauge))
        batch.arena.reserveCapacity(5_000)
        batch.series.reserveCapacity(700)
        batch.removeAll()
        #expect(batch.arena.isEmpty && batch.labels.isEmpty && batch.samples.isEmpty)
        #expect(batch.series.isEmpty && batch.families.isEmpty)
        #expect(batch.arena.capacity >= 5_000 && batch.series.capacity >= 700)
    }

    @Test func `the memory of a giant push is let go`() {
        var batch = SampleBatch((0..<100).map { Row("series_\($0)", ["a": "b"]) })
        batch.removeAll(keepingCapacityUpTo: 100)
        #expect(batch.arena.capacity == 0 && batch.labels.capacity == 0)
        #expect(batch.samples.capacity == 0 && batch.series.capacity == 0)
    }

    @Test func `a text is the range's`() {
        let batch = SampleBatch([Row("métrique", ["a": "日本"])])
        #expect(batch.text(batch.series[0].name) == "métrique")
        #expect(batch.text(batch.labels[0].value) == "日本")
        #expect(batch.text(.none) == "")
    }

    @Test(
        "a series is described as exposition text writes it",
        arguments: [
            (Row("up"), "up"), (Row("up", ["a": "1"]), #"up{a="1"}"#),
            (Row("up", ["b": "2", "a": "1"]), #"up{b="2",a="1"}"#), (Row("up", ["a": ""]), #"up{a=""}"#),
            (Row("up", ["a": "\\ \" \n"]), #"up{a="\\ \" \n"}"#), (Row("up", ["a": "é\t'"]), "up{a=\"é\t'\"}"),
            (Row("up", ["a": "\\n"]), #"up{a="\\n"}"#),
        ])
    func description(_ row: Row, _ expected: String) {
        let batch = SampleBatch([row])
        #expect(batch.describe(batch.series[0]) == expected)
    }

    @Test func `what joins a character with its neighbour is escaped as well`() {
        let batch = SampleBatch([Row("up", ["a": "x\r\ny", "b": "\"\u{301}\\\u{308}"])])
        let expected = "up{a=\"x\r\\ny\",b=\"\\\"\u{301}\\\\\u{308}\"}"
        #expect(Array(batch.describe(batch.series[0]).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        "of a series that is longer than an error message the beginning is described, in whole characters",
        arguments: [
            (Row(String(repeating: "n", count: 70_000)), String(repeating: "n", count: 512) + "…"),
            (Row(String(repeating: "é", count: 600)), String(repeating: "é", count: 256) + "…"),
            (Row("x" + String(repeating: "é", count: 600)), "x" + String(repeating: "é", count: 255) + "…"),
            (
                Row("up", ["a": String(repeating: "\n", count: 70_000)]),
                "up{a=\"" + String(repeating: "\\n", count: 253) + "…"
            ),
            (
                Row("up", ["a": String(repeating: "v", count: 600), "b": "c"]),
                "up{a=\"" + String(repeating: "v", count: 506) + "…"
            ),
            (
                Row("up", ["a": String(repeating: "v", count: 504)]),
                "up{a=\"" + String(repeating: "v", count: 504) + "\"}"
            ),
        ])
    func excerpt(_ row: Row, _ expected: String) {
        let batch = SampleBatch([row])
        #expect(batch.describe(batch.series[0]) == expected)
    }

    @Test func `a range of the arena is its offset and its count`() {
        var range = ByteRange(offset: 7, count: 5)
        #expect(range.offset == 7 && range.count == 5 && range.indices == 7..<12)
        range.offset = 9
        range.count = 1
        #expect(range == ByteRange(offset: 9, count: 1))
        #expect(range != ByteRange(offset: 9, count: 2) && range != ByteRange(offset: 1, count: 9))
        #expect(ByteRange(offset: 0xffff_fff0, count: 15).indices == 0xffff_fff0..<0xffff_ffff)
        #expect(ByteRange.none.indices.isEmpty)
    }

    @Test func `metric types have the numbers of remote write 2`() {
        let types: [MetricType] = [.unknown, .counter, .gauge, .histogram, .gaugeHistogram, .summary, .info, .stateset]
        #expect(types.map(\.rawValue) == Array(0...7))
    }
}
