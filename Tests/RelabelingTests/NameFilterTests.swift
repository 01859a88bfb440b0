import Settings
import Testing

@testable import Relabeling

@Suite struct NameFilterTests {
    private func kept(_ names: [String], keep: String = "(.+)", drop: String = "(^(go|process)_.+$)") throws -> [String]
    {
        var settings = PushGatewayScrape()
        (settings.keepMetrics, settings.dropMetrics) = (keep, drop)
        let filter = try NameFilter(settings)
        return names.filter { filter.keeps(Array($0.utf8)) }
    }

    @Test func `the defaults drop what a Go program says of itself`() throws {
        #expect(try kept(["go_goroutines", "process_cpu", "go", "job_x", "ago_x"]) == ["go", "job_x", "ago_x"])
    }

    @Test func `both match whole names, and nothing drops nothing`() throws {
        #expect(try kept(["ab", "abc", "b"], keep: "ab|b", drop: "") == ["ab", "b"])
        #expect(try kept(["ab", "abc"], drop: "b") == ["ab", "abc"])
    }

    @Test func `a regex that is none is told with its key`() {
        var settings = Settings()
        settings.scrape.pushGateways.keepMetrics = "("
        settings.scrape.pushGateways.dropMetrics = "a**"
        #expect(
            settings.regexContradictions.map(\.path.text)
                == ["scrape.push_gateways.keep_metrics", "scrape.push_gateways.drop_metrics"])
    }
}
