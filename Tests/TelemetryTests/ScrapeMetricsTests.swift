import Testing

@testable import Telemetry

@Suite struct ScrapeMetricsTests {
    @Test func `everything is there from the start, and few labels are`() {
        var page = ""
        for family in ScrapeMetrics().families { family.write(to: &page) }
        let lines = page.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 17 && lines.allSatisfy { $0.hasSuffix(" 0") })
        #expect(lines.contains("push_collector_scrape_attempts_total{result=\"queue_full\"} 0"))
    }

    @Test func `targets are counted by state`() {
        let metrics = ScrapeMetrics()
        metrics.update { status in
            status.targets = [1: .init(address: "a", labels: []), 2: .init(address: "b", labels: [])]
            status.targets[2]?.state = .up
        }
        var page = ""
        for family in metrics.families { family.write(to: &page) }
        #expect(page.contains("push_collector_scrape_targets{state=\"up\"} 1"))
        #expect(page.contains("push_collector_scrape_targets{state=\"unknown\"} 1"))
    }
}
