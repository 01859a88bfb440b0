import Telemetry
import Testing

@Suite struct MetricsTests {
    @Test func `each destination has metrics of its own, in the order of the configuration`() {
        let build = BuildInfo(version: "1", swiftVersion: "2", revision: "3")
        let metrics = Metrics(build: build, destinations: ["b", "a"])
        #expect(metrics.destinations.map(\.name) == ["b", "a"])
        metrics.destinations[0].samplesIn.add(1)
        #expect(metrics.destinations[1].samplesIn.value == 0)
    }
}
