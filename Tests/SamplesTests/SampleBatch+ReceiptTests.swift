import Samples
import Testing

@Suite("Samples at the time of receipt (B5, B13)")
struct SampleBatchReceiptTests {
    private func batch() throws -> SampleBatch {
        var batch = SampleBatch([
            Row("a", [:], 1, at: 30), Row("a", [:], 2), Row("b", [:], 3), Row("a", [:], 4, at: 10),
        ])
        try batch.canonicalize(under: Grouping(job: Array("j".utf8)))
        return batch
    }

    @Test(arguments: [(5, [2.0, 4, 1, 3]), (20, [4, 2, 1, 3]), (40, [4, 1, 2, 3])] as [(Int64, [Double])])
    func `stand where that time puts them`(time: Int64, values: [Double]) throws {
        var batch = try batch()
        try batch.arrange(receiptTime: time)
        #expect(batch.samples.map(\.value) == values)
    }

    @Test func `stand elsewhere at another time`() throws {
        var batch = try batch()
        try batch.arrange(receiptTime: 40)
        try batch.arrange(receiptTime: 5)
        #expect(batch.samples.map(\.value) == [2, 4, 1, 3])
    }

    @Test func `are doubles of those with just that timestamp`() throws {
        var batch = try batch()
        #expect(throws: BatchError.duplicateSeries("a")) { try batch.arrange(receiptTime: 30) }
    }
}
