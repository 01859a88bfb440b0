import Samples
import Testing

@Suite("Series that were scraped")
struct SampleBatchScrapedTests {
    private func label(_ name: String, _ value: String) -> Grouping.Label {
        .init(name: Array(name.utf8), value: Array(value.utf8))
    }

    @Test func `a target's labels go to series that have none of that name, not even an empty one`() throws {
        var batch = SampleBatch([Row("a"), Row("b", ["job": "x", "z": "1"]), Row("c", ["instance": ""])])
        batch.attach([label("instance", "h:1"), label("job", "j")])
        try batch.canonicalize(under: Grouping(hash: 7))
        #expect(
            batch.canonical.map(\.text) == [
                #"a{instance="h:1",job="j"}"#, #"b{instance="h:1",job="x",z="1"}"#, #"c{job="j"}"#,
            ])
    }

    @Test func `names decide what is kept, of series and of families`() {
        var batch = SampleBatch([Row("go_a"), Row("b"), Row("b", ["l": "1"]), Row("go_a", ["l": "1"])])
        batch.families = [Family(name: batch.series[0].name, type: .gauge)]
        batch.families.append(Family(name: batch.series[1].name, type: .gauge))
        batch.keep { !$0.starts(with: "go_".utf8) }
        #expect(batch.canonical.map(\.text) == ["b", #"b{l="1"}"#])
        #expect(batch.families.map { batch.text($0.name) } == ["b"])
    }

    @Test func `a series is added to a canonical batch`() throws {
        var batch = SampleBatch([Row("a")])
        try batch.canonicalize(under: Grouping(hash: 7))
        batch.append("up", 1, labels: [label("job", "j")])
        #expect(batch.canonical.map(\.text) == ["a", #"up{job="j"}"#])
        #expect(batch.canonical.map(\.values) == [[1], [1]])
    }

    @Test func `the classic series of a native histogram are not counted`() {
        var batch = SampleBatch([Row("a"), Row("b")])
        #expect(batch.scrapedSamples == 2)
        batch.samples[1].details = batch.add(SampleDetails(kind: .standIn))
        #expect(batch.scrapedSamples == 1)
    }
}
