import Exposition
import Fixtures
import Samples
import Testing

@Suite("What a body of text takes (L3)")
struct TextSizeTests {
    private func size(_ body: String, _ dialect: Dialect = .prometheus) -> Int {
        let body = Array(body.utf8)
        return dialect == .prometheus
            ? TextParser.largestSize(of: body.span) : OpenMetricsParser.largestSize(of: body.span)
    }

    /// What a thousand such lines take more than five hundred, a line.
    private func line(_ line: (Int) -> String, _ dialect: Dialect = .prometheus) -> Int {
        let sizes = [500, 1000].map { size((0..<$0).map { line($0 + 1000) }.joined(separator: "\n"), dialect) }
        return (sizes[1] - sizes[0]) / 500
    }

    @Test func `a line is a series and a sample`() {
        #expect(line { _ in "a 1" } == 96)
        #expect(line({ _ in "a 1" }, .openMetrics) == 208)
        #expect(line({ _ in "a 1 # {} 1" }, .openMetrics) == 208 + 96)
        #expect(line { _ in "  a 1" } == 96)
        #expect(line { _ in "  " } == 0)
        #expect(line { _ in "" } == 0)
    }

    @Test func `labels are counted`() {
        #expect(line { "a{b=\"\($0)\",c=\"\"} 1" } == 96 + 2 * 16)
    }

    @Test func `names are counted where they change`() {
        #expect(line { "a\($0) 1" } == 96 + 112 + 2 * 6)
        #expect(line { "a\($0 / 100) 1" } < 100)
        #expect(line { "{\"a.\($0)\",b=\"\"} 1" } == 96 + 112 + 2 * 10 + 2 * 16)
        #expect(line { "{\"a.\($0 / 100)\",b=\"\"} 1" } < 96 + 2 * 16 + 4)
        // Where the name stands behind labels it is not looked for.
        #expect(line { _ in "{\"b\"=\"\",\"a\"} 1" } > 96 + 112)
    }

    @Test func `comments are counted`() {
        #expect(line { "# TYPE a\($0) gauge" } == 160 + 2 * 18)
        #expect(line { "# HELP a\($0) \($0)" } == 160 + 2 * 17)
    }

    @Test func `what is rewritten is counted`() {
        #expect(line { _ in "a{b=\"\\n\"} 1" } == 96 + 16 + 2 * 11 + 12)
        #expect(line { _ in "# HELP a é" } == 160 + 2 * 11 + 6 * 11 + 12)
        #expect(line { _ in "# HELP a \\n" } == 160 + 2 * 11 + 6 * 11 + 12)
        #expect(line { _ in "a{b=\"é\"} 1" } == 96 + 16)
    }

    @Test func `a long line may be one number, or a million labels`() {
        let digits = String(repeating: "1", count: 100_000)
        #expect(size("a \(digits)") > 3 * digits.utf8.count)
        let labels = (0..<10_000).map { "l\($0)=\"\"" }.joined(separator: ",")
        #expect(size("a{\(labels)} 1") > 10_000 * (16 + 64))
    }

    @Test(arguments: [10, 10_000]) func `what is counted covers what a body becomes`(samples: Int) throws {
        var batch = SampleBatch()
        batch.arena = Fixtures.bigExposition(samples: samples)
        let size = TextParser.largestSize(of: batch.arena.span)
        var parser = TextParser()
        try parser.parse(&batch, canonicalBuckets: true)
        #expect(batch.memory <= batch.arena.count + size)
        #expect(size < 2 * batch.memory)
        for flavour in Fixtures.OpenMetricsFlavour.allCases {
            var batch = SampleBatch()
            batch.arena = Fixtures.bigOpenMetrics(samples: samples, flavour)
            let size = OpenMetricsParser.largestSize(of: batch.arena.span)
            var parser = OpenMetricsParser()
            try parser.parse(&batch, canonicalBuckets: true)
            #expect(batch.memory <= batch.arena.count + size)
        }
    }
}
