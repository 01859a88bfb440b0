import Testing

@testable import Samples

@Suite("Details of samples (B12)")
struct SampleDetailsTests {
    @Test func `a sample without details has none`() {
        #expect(SampleBatch().details(of: Sample(value: 1, timestamp: nil)) == nil)
    }

    @Test func `samples that follow one another share the same details`() {
        var batch = SampleBatch()
        let (first, second) = (SampleDetails(startTimestamp: 5), SampleDetails(kind: .native(0), exemplars: 0..<2))
        let indices = [first, first, second, first].map { batch.add($0) }
        #expect(indices == [1, 1, 2, 3])
        let found = indices.map { batch.details(of: Sample(value: 1, timestamp: nil, details: $0)) }
        #expect(found == [first, first, second, first])
    }

    @Test func `samples keep their details when series are brought together`() throws {
        var batch = SampleBatch()
        batch.arena = Array("a".utf8)
        let name = ByteRange(offset: 0, count: 1)
        for time: Int64 in [3, 1, 2] {
            batch.samples.append(
                Sample(value: 0, timestamp: time, details: batch.add(SampleDetails(startTimestamp: time))))
            batch.series.append(
                Series(name: name, labels: 0..<0, samples: batch.samples.count - 1..<batch.samples.count))
        }
        try batch.canonicalize(under: Grouping(job: Array("j".utf8)))
        #expect(batch.series.map(\.samples) == [0..<3])
        #expect(batch.samples.map { batch.details(of: $0)?.startTimestamp } == [1, 2, 3])
    }

    @Test func `an emptied batch has no details, and little memory after a giant push`() {
        var batch = SampleBatch()
        _ = batch.add(SampleDetails())
        batch.exemplars.append(Exemplar(labels: 0..<0, value: 1, timestamp: nil))
        batch.histograms.append(NativeHistogram())
        batch.removeAll()
        #expect(batch.details.isEmpty && batch.exemplars.isEmpty && batch.histograms.isEmpty)
        batch.deltas = Array(repeating: 1, count: 1 << 18)
        batch.removeAll()
        #expect(batch.deltas.capacity == 0)
    }
}
