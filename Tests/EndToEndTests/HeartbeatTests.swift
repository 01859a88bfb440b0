import Fixtures
import Foundation
import Testing

@Suite("Heartbeats, probed by a Prometheus")
struct HeartbeatTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    /// A collector that watches two services, one by the time that it pushes.
    private func collector() async throws -> Collector {
        try await Collector(
            on: stage,
            configuration: """
                remote_write: [{url: 'http://127.0.0.1:\(try Stage.freePort())/write'}]
                shutdown: {timeout: 0s}
                probes:
                  services:
                    - {name: service1, freshness_threshold: 3s, match: {job: heartbeat, instance: service1}}
                    - name: service2
                      freshness_threshold_seconds: 3600
                      metric: loop_heartbeat_timestamp_seconds
                """)
    }

    /// The scrape job of docs/configuration.md, in a hurry.
    private func prometheus(probing collector: Collector) async throws -> Prometheus {
        let document = try String(
            contentsOf: Fixtures.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let job = try #require(document.firstMatch(of: /```yaml\n(scrape_configs:\n  - job_name: heartbeat\n[^`]*)```/))
            .1
        return try await Prometheus(
            on: try Stage(),
            configuration: "global: {scrape_interval: 200ms, scrape_timeout: 200ms}\n"
                + job.replacing("push-collector:3030", with: "127.0.0.1:\(collector.port)"))
    }

    @Test func `a service that stops turns from 1 to 0, and back`() async throws {
        let collector = try await collector()
        let prometheus = try await prometheus(probing: collector)
        func expect(_ value: String, _ query: String) async throws {
            try await wait(for: "\(query) to be \(value)") { try await prometheus.query(query).map(\.value) == [value] }
        }
        try await expect("0", "probe_heartbeat_seen{job=\"heartbeat\",instance=\"service1\"}")
        try await expect("0", "probe_success{instance=\"service1\"}")
        for _ in 1...2 {
            try await wait(for: "heartbeats to be seen") {
                // The destination is away: the service lives nevertheless.
                #expect(try await beat("service1", Date.now.timeIntervalSince1970, collector).status == 202)
                return try await prometheus.query("probe_success{instance=\"service1\"}").map(\.value) == ["1"]
            }
            try await expect("0", "probe_success{instance=\"service1\"}")
        }
        try await expect("1", "probe_heartbeat_seen{instance=\"service1\"}")
        #expect(try await beat("service2", 1_700_000_000, collector).status == 202)
        try await expect("1700000000", "probe_heartbeat_timestamp_seconds{instance=\"service2\"}")
        try await expect("0", "probe_success{instance=\"service2\"}")
        #expect(try await beat("service2", Date.now.timeIntervalSince1970, collector).status == 202)
        try await expect("1", "probe_success{instance=\"service2\"}")
        #expect(try await collector.terminate() == 3)
    }

    private func beat(_ service: String, _ time: Double, _ collector: Collector) async throws -> Answer {
        try await collector.push(
            "/metrics/job/heartbeat/instance/\(service)",
            "loop_heartbeat_timestamp_seconds{service=\"\(service)\"} \(time)", "-H", "Prefer: respond-async")
    }
}
