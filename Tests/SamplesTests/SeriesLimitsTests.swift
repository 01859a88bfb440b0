import Samples
import Testing

@Suite("Limits of a push's series (L2)")
struct SeriesLimitsTests {
    private let grouping = Grouping(
        job: Array("job".utf8),
        labels: [
            .init(name: Array("instance".utf8), value: Array("host".utf8)), .init(name: Array("empty".utf8), value: []),
        ])

    private func violation(_ set: (inout SeriesLimits) -> Void) throws -> BatchError? {
        var batch = SampleBatch([
            Row("a", ["le": "1"], 1), Row("b", ["zone": "north", "le": "2"], 1),
            Row("b", ["zone": "süd", "le": "2"], 1),
        ])
        try batch.canonicalize(under: grouping)
        var limits = SeriesLimits()
        set(&limits)
        do throws(BatchError) {
            try batch.check(limits, under: grouping)
            return nil
        } catch {
            return error
        }
    }

    @Test func `zero is no limit`() throws {
        #expect(try violation { _ in } == nil)
    }

    @Test(
        arguments: [
            (SeriesLimits.Name.seriesPerPush, 3, 2, "b{le=\"2\",zone=\"süd\"}"),
            (.labelsPerSeries, 4, 3, "b{le=\"2\",zone=\"north\"}"),
            (.labelNameLength, 8, 7, "a{le=\"1\"}"),
            (.labelValueLength, 5, 4, "b{le=\"2\",zone=\"north\"}"),
        ])
    func `what is at a limit passes, and the first series over it is named`(
        name: SeriesLimits.Name, enough: Int, tooFew: Int, series: String
    ) throws {
        let path: WritableKeyPath<SeriesLimits, Int> =
            switch name {
            case .seriesPerPush: \.seriesPerPush
            case .labelsPerSeries: \.labelsPerSeries
            case .labelNameLength: \.labelNameLength
            case .labelValueLength: \.labelValueLength
            }
        #expect(try violation { $0[keyPath: path] = enough } == nil)
        #expect(try violation { $0[keyPath: path] = tooFew } == .overLimit(name, limit: tooFew, series: series))
    }

    @Test func `the message names the limit, its value and the series`() {
        let error = BatchError.overLimit(.labelValueLength, limit: 10, series: "m{a=\"b\"}")
        #expect(error.description == "pushed metrics are over limits.label_value_length, 10: m{a=\"b\"}")
    }
}
