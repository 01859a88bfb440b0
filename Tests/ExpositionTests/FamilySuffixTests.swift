import Samples
import Testing

@testable import Exposition

@Suite("The suffixes of sample names")
struct FamilySuffixTests {
    private func suffixes(of type: MetricType, in dialect: Dialect) -> [String] {
        FamilySuffix.known(to: dialect).filter { $0.types.contains(type) }.map(\.text).sorted()
    }

    @Test(
        arguments: [
            (MetricType.counter, ["_created", "_total"], []), (.gauge, [], []), (.unknown, [], []), (.stateset, [], []),
            (.info, ["_info"], []), (.summary, ["_count", "_created", "_sum"], ["_count", "_sum"]),
            (.histogram, ["_bucket", "_count", "_created", "_sum"], ["_bucket", "_count", "_sum"]),
            (.gaugeHistogram, ["_bucket", "_gcount", "_gsum"], ["_bucket", "_count", "_sum"]),
        ] as [(MetricType, [String], [String])]) func `each type has its own`(
            type: MetricType, openMetrics: [String], prometheus: [String]
        )
    {
        #expect(suffixes(of: type, in: .openMetrics) == openMetrics)
        #expect(suffixes(of: type, in: .prometheus) == prometheus)
    }

    @Test(arguments: [Dialect.prometheus, .openMetrics]) func `a name ends with one of them at most`(dialect: Dialect) {
        let texts = FamilySuffix.known(to: dialect).map(\.text)
        for text in texts { #expect(texts.filter(text.hasSuffix) == [text]) }
    }
}
