import Samples
import Testing

@testable import Exposition

@Suite("Rows of samples")
struct SampleRowsTests {
    private func label(_ index: Int) -> LabelRange {
        LabelRange(name: ByteRange(offset: index, count: 1), value: ByteRange(offset: index, count: 2))
    }

    @Test(arguments: [0, 1, 63, 64, 65, 128, 1000]) func `all rows arrive, in their order`(count: Int) {
        var batch = SampleBatch()
        var rows = SampleRows()
        rows.exchange(with: &batch)
        for index in 0..<count {
            for _ in 0..<index % 7 { rows.add(label(index)) }
            rows.add(Sample(value: Double(index), timestamp: Int64(index)), of: ByteRange(offset: index, count: 3))
        }
        rows.exchange(with: &batch)
        #expect(batch.samples.map(\.value) == (0..<count).map(Double.init))
        #expect(batch.series.map(\.name.offset) == (0..<count).map { UInt32($0) })
        #expect(batch.series.map(\.samples) == (0..<count).map { $0..<$0 + 1 })
        #expect(batch.series.map(\.labels.count) == (0..<count).map { $0 % 7 })
        #expect(
            batch.series.allSatisfy { series in
                batch.labels[series.labels].allSatisfy { $0.name.offset == series.name.offset }
            })
    }

    @Test func `labels of the series that comes next can be read, changed and taken back`() {
        var batch = SampleBatch()
        var rows = SampleRows()
        rows.exchange(with: &batch)
        for _ in 0..<50 { rows.add(label(1)) }
        rows.add(Sample(value: 1, timestamp: nil), of: .none)
        #expect(rows.firstLabel == 50)
        // More than a block: the first ones have left it.
        for index in 0..<100 { rows.add(label(index)) }
        for index in 0..<100 {
            rows.setValue(ByteRange(offset: 1000 + index, count: 9), ofLabel: 50 + index)
            let label = rows.label(at: 50 + index)
            #expect(label.name.offset == UInt32(index) && label.value == ByteRange(offset: 1000 + index, count: 9))
        }
        rows.add(Sample(value: 2, timestamp: nil), of: .none)
        rows.makeRoom(labels: 16)
        for index in 0..<16 { rows.add(label(index)) }
        rows.takeBackLabels()
        #expect(rows.labelCount == 150)
        rows.add(label(77))
        rows.add(Sample(value: 3, timestamp: nil), of: .none)
        rows.exchange(with: &batch)
        #expect(batch.series.map(\.labels) == [0..<50, 50..<150, 150..<151])
        #expect(batch.labels.map(\.value.offset).suffix(2) == [1099, 77])
    }
}
