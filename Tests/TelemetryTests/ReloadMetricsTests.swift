import Testing

@testable import Telemetry

@Suite struct ReloadMetricsTests {
    private func lines(_ metrics: Metrics) -> [Substring] {
        metrics.page().split(separator: "\n").filter { $0.hasPrefix("push_collector_config_last_reload") }
    }

    @Test func `a reload that fails leaves the time of the last one that did not`() {
        let metrics = Metrics(build: BuildInfo(version: "", swiftVersion: "", revision: ""), destinations: [])
        metrics.reloads.succeed(at: 1_700_000_000_999)
        #expect(
            lines(metrics) == [
                "push_collector_config_last_reload_success_timestamp_seconds 1700000000",
                "push_collector_config_last_reload_successful 1",
            ])
        metrics.reloads.fail()
        #expect(
            lines(metrics) == [
                "push_collector_config_last_reload_success_timestamp_seconds 1700000000",
                "push_collector_config_last_reload_successful 0",
            ])
    }

    @Test func `destinations that are gone are on no page`() {
        let metrics = Metrics(build: BuildInfo(version: "", swiftVersion: "", revision: ""), destinations: ["a", "b"])
        metrics.destinations.removeFirst()
        #expect(!metrics.page().contains("destination=\"a\""))
        #expect(metrics.page().contains("destination=\"b\""))
    }
}
