import Samples
import Testing

@testable import RemoteWrite

@Suite("Shapes that are known")
struct KnownShapesTests {
    private func series(_ names: [String]) -> PlainSeries {
        PlainSeries(name: "m", labels: names.map { PlainLabel($0, "v") }, samples: [PlainSample(1, 1)])
    }

    @Test func `a shape is made for two series that are alike, and found again`() throws {
        let batch = SampleBatch([series(["a"]), series(["b"]), series(["b"]), series(["a"]), series(["b"])])
        let fixed = FixedLabels(Grouping("j"))
        var shapes = KnownShapes()
        let found = (0..<5).map { shapes.shape(of: $0, in: batch, under: fixed) != nil }
        #expect(found == [false, true, true, false, true])
    }

    @Test func `names that differ behind their first bytes are different`() {
        let names = ["abcdefgh", "abcdefghi", "abcdefghj", "abcdefghijklmnopqr", "abcdefghijklmnopqs", "abcdefgX"]
        let fixed = FixedLabels(Grouping("j"))
        for (index, name) in names.enumerated() {
            let batch = SampleBatch([series([name]), series([name])] + names.map { series([$0]) })
            var shapes = KnownShapes()
            let shape = shapes.shape(of: 0, in: batch, under: fixed)
            for other in names.indices {
                #expect(shape?.matches(batch.series[2 + other], in: batch) == (other == index), "\(name)")
            }
        }
    }

    @Test func `more shapes than are kept give the same bytes`() {
        let different = (0..<40).map { series(["label\($0)", "x"]) }
        let twice = different.flatMap { [$0, $0] }
        let once = different.map { encode([$0]).bytes }
        #expect(encode(twice + twice).bytes == (0..<2).flatMap { _ in once.flatMap { $0 + $0 } })
    }
}
