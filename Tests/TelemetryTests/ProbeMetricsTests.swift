import Testing

@testable import Telemetry

@Suite struct ProbeMetricsTests {
    private func lines(_ metrics: ProbeMetrics) -> [String] {
        var page = ""
        for family in metrics.families { family.write(to: &page) }
        return page.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { String($0.dropFirst("push_collector_probe_".count)) }
    }

    @Test func `each service has its series, before its first heartbeat and after`() {
        let metrics = ProbeMetrics()
        metrics.use {
            var beating = ProbeStatus(name: "b", threshold: 5)
            (beating.isFresh, beating.last, beating.heartbeats) = (true, 1_700_000_000.25, 3)
            return [beating, ProbeStatus(name: "a\"", threshold: 5)]
        }
        #expect(
            lines(metrics) == [
                "success{service=\"a\\\"\"} 0", "success{service=\"b\"} 1",
                "heartbeat_timestamp_seconds{service=\"a\\\"\"} 0",
                "heartbeat_timestamp_seconds{service=\"b\"} 1700000000.25",
                "heartbeats_total{service=\"a\\\"\"} 0", "heartbeats_total{service=\"b\"} 3",
            ])
    }

    @Test func `without services there are no series, also after a reload took them away`() {
        let metrics = ProbeMetrics()
        #expect(lines(metrics) == [])
        metrics.use { [ProbeStatus(name: "a", threshold: 5)] }
        metrics.use(nil)
        #expect(lines(metrics) == [])
        #expect(metrics.families.count == 3)
    }
}
