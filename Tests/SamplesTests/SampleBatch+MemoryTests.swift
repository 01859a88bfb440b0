import Samples
import Testing

@Suite("What a batch holds (L3)")
struct SampleBatchMemoryTests {
    @Test func `an empty batch holds nothing`() {
        #expect(SampleBatch().memory == 0)
    }

    @Test func `every array counts`() {
        var batch = SampleBatch([Row("up", ["a": "b"])])
        let before = batch.memory
        #expect(before >= batch.arena.count + 100)
        func expectMore(_ bytes: Int, _ change: (inout SampleBatch) -> Void) {
            let before = batch.memory
            change(&batch)
            #expect(batch.memory == before + bytes)
        }
        expectMore(1) { $0.arena.append(0) }
        expectMore(16) { $0.labels.append(LabelRange(name: .none, value: .none)) }
        expectMore(MemoryLayout<Sample>.stride) { $0.samples.append(Sample(value: 1, timestamp: nil)) }
        expectMore(MemoryLayout<Family>.stride) { $0.families.append(Family(name: .none, type: .gauge)) }
        expectMore(MemoryLayout<SampleDetails>.stride) { $0.details.append(SampleDetails()) }
        expectMore(MemoryLayout<Exemplar>.stride) {
            $0.exemplars.append(Exemplar(labels: 0..<0, value: 1, timestamp: nil))
        }
        expectMore(16) { $0.exemplarLabels.append(LabelRange(name: .none, value: .none)) }
        expectMore(MemoryLayout<NativeHistogram>.stride) { $0.histograms.append(NativeHistogram()) }
        expectMore(8) { $0.spans.append(NativeHistogram.Span(offset: 0, length: 1)) }
        expectMore(8) { $0.deltas.append(1) }
        expectMore(8) { $0.counts.append(1) }
        expectMore(MemoryLayout<Series>.stride + 24) {
            $0.series.append(Series(name: .none, labels: 0..<0, samples: 0..<0))
        }
    }
}
