import Testing

@testable import Telemetry

@Suite struct MetricFamilyTests {
    private func write(_ family: MetricFamily) -> String {
        var page = ""
        family.write(to: &page)
        return page
    }

    @Test func `a family without labels has one line`() {
        #expect(
            write(MetricFamily(.gauge, "x_shards", "Shards.", 4))
                == "# HELP x_shards Shards.\n# TYPE x_shards gauge\nx_shards 4\n")
    }

    @Test func `series are sorted by their labels' values, which are escaped`() {
        let family = MetricFamily(
            .counter, "x_total", "X.",
            [
                .init(labels: [("a", "2"), ("b", "1")], value: "3"),
                .init(labels: [("a", "1"), ("b", "q\"\\\n")], value: "2"),
                .init(labels: [("a", "1"), ("b", "é")], value: "1"),
            ])
        #expect(
            write(family) == """
                # HELP x_total X.
                # TYPE x_total counter
                x_total{a="1",b="q\\"\\\\\\n"} 2
                x_total{a="1",b="é"} 1
                x_total{a="2",b="1"} 3

                """)
    }
}
