import Fixtures
import Foundation
import Testing

@Suite("The alerts in a Prometheus that scrapes the program")
struct DeploymentAlertTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8)
    }

    /// Debian's Prometheus with the configuration of Compose and the rules, in a hurry.
    private func watch(_ collector: Collector) async throws -> Prometheus {
        let stage = try Stage()
        _ = try stage.write(
            try text("deploy/prometheus/rules.yml").replacing(/for: \d+m/, with: "for: 1s"), to: "rules.yml")
        return try await Prometheus(
            on: stage,
            configuration: try text("deploy/compose/prometheus.yml").replacing("15s", with: "200ms")
                .replacing("push-collector:3030", with: "127.0.0.1:\(collector.port)"))
    }

    private func wait(until alert: String, fires: Bool, in prometheus: Prometheus) async throws {
        let query = "ALERTS{alertname=\"\(alert)\",alertstate=\"firing\"}"
        try await EndToEndTests.wait(for: "\(alert), firing: \(fires)") {
            try await prometheus.query(query).isEmpty != fires
        }
    }

    @Test func `a destination that fails fires and resolves, and so does a collector that ends`() async throws {
        let (stage, port) = (try Stage(), try Stage.freePort())
        let collector = try await Collector(on: stage, to: "http://127.0.0.1:\(port)/api/v1/write")
        let prometheus = try await watch(collector)
        #expect(try await collector.push("/metrics/job/x", "a 1\n", "-H", "Prefer: respond-async").status == 202)
        try await wait(until: "PushCollectorDestinationFailing", fires: true, in: prometheus)

        let receiver = try RunningProgram(Stage.program, ["receiver", "--web.listen-address=127.0.0.1:\(port)"])
        try await wait(until: "PushCollectorDestinationFailing", fires: false, in: prometheus)
        #expect(receiver.output.contains("a{job=\"x\"} 1 "), "\(receiver.output)")

        try await wait(until: "PushCollectorDown", fires: false, in: prometheus)
        #expect(try await collector.terminate() == 0)
        try await wait(until: "PushCollectorDown", fires: true, in: prometheus)
    }
}
