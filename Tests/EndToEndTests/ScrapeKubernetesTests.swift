import Foundation
import Testing

@Suite("Pushgateways that a Kubernetes API server knows", .timeLimit(.minutes(15)))
struct ScrapeKubernetesTests {
    private let server: AccessScript
    private let stage: Stage

    init() async throws {
        server = try await AccessScript("kubernetes_api.py")
        stage = try Stage()
    }

    /// Tells the server what to do; what was asked of it so far.
    @discardableResult
    private func control(_ command: String) async throws -> [String] {
        struct Answer: Decodable { var requests: [String] }
        let answer = try await curl(["http://127.0.0.1:\(server.port)/control"], body: command)
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body.utf8)).requests
    }

    private func service(_ name: String) -> String {
        """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "\(name)", "namespace": "ns", "uid": "1",
         "labels": {"app.kubernetes.io/name": "prometheus-pushgateway"}},
         "spec": {"clusterIP": "10.96.0.7", "ports": [{"name": "http-metrics", "port": 9091, "protocol": "TCP"}]}}
        """
    }

    private func slice(_ service: String, _ port: Int, isReady: Bool = true) -> String {
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
         "metadata": {"name": "\(service)-x7k2p", "namespace": "ns", "labels": {"kubernetes.io/service-name": "\(service)"}},
         "endpoints": [{"addresses": ["127.0.0.1"], "conditions": {"ready": \(isReady), "serving": true},
          "targetRef": {"kind": "Pod", "name": "\(service)-0"}}],
         "ports": [{"name": "http-metrics", "port": \(port), "protocol": "TCP"}]}
        """
    }

    @Test func `come and go without a restart, whatever becomes of the watch`() async throws {
        let pushgateway = try await Pushgateway(on: stage)
        #expect(try RawRequest.post("/metrics/job/a", "pushed 1\n").send(to: pushgateway.port).status == 200)
        try await control("{\"put\": \(service("other"))}")
        try await control("{\"put\": \(service("gateway"))}")
        try await control("{\"put\": \(slice("gateway", pushgateway.port))}")
        try await control("{\"put\": \(slice("unselected", 1))}")
        let prometheus = try await Prometheus(on: stage)
        let token = try stage.write("token-1\n", to: "token")
        let collector = try await Collector(
            on: stage,
            configuration: """
                scrape:
                  push_gateways:
                    kubernetes:
                      enabled: true
                      api_server: http://127.0.0.1:\(server.port)
                      authorization: {credentials_file: \(token)}
                    scrape_interval: 1s
                    scrape_timeout: 1s
                remote_write: [{url: '\(prometheus.writeURL)'}]

                """)
        func isThere(_ isThere: Bool) async throws {
            try await wait(for: "the series to be there: \(isThere)") {
                try await prometheus.query("pushed{service=\"gateway\",source=\"kubernetes\"}").isEmpty == !isThere
            }
        }
        try await isThere(true)
        let up = try await prometheus.query("up")
        #expect(up.map { $0.labels["instance"] } == ["127.0.0.1:\(pushgateway.port)"])
        // Not ready, and ready again.
        try await control("{\"put\": \(slice("gateway", pushgateway.port, isReady: false))}")
        try await isThere(false)
        #expect(try await prometheus.query("up").isEmpty)
        try await control("{\"put\": \(slice("gateway", pushgateway.port))}")
        try await isThere(true)
        // The connection breaks, and the version that the watch went on from is gone.
        try await control("{\"expire\": true}")
        try await control("{\"disconnect\": true}")
        try await wait(for: "new lists of both") {
            try await control("{}").filter { $0.contains("watch=1") }.count >= 4
        }
        try await control("{\"delete\": \(service("gateway"))}")
        try await isThere(false)
        // Another token counts from now on: the file changes later.
        try await control("{\"token\": \"token-2\"}")
        try await control("{\"disconnect\": true}")
        try await wait(for: "the token to be refused") {
            collector.program.errors.contains("the API server answered 401: the token is not valid")
        }
        _ = try stage.write("token-2\n", to: "token")
        try await control("{\"put\": \(service("gateway"))}")
        try await isThere(true)
        #expect(try await collector.terminate() == 0)
    }

    @Test func `the real client reads the same server`() async throws {
        try await control("{\"put\": \(service("one"))}")
        try await control("{\"put\": \(service("two"))}")
        try await control("{\"put\": \(slice("one", 9091))}")
        let check = try RunningProgram(
            Stage.tool("python/bin/python"),
            [ClientsBackend.source("kubernetes_check.py"), "http://127.0.0.1:\(server.port)", "token-1"])
        try await wait(for: "the client to watch") {
            guard check.isRunning else { throw TimedOut(description: check.errors) }
            return check.output.contains("watching")
        }
        try await wait(for: "its watch") { try await control("{}").contains { $0.contains("watch=") } }
        try await control("{\"put\": \(service("three"))}")
        try await control("{\"bookmark\": true}")
        try await control("{\"delete\": \(service("one"))}")
        #expect(try await check.exitCode() == 0, "\(check.errors)")
        #expect(
            check.output.split(separator: "\n") == [
                "service ns one", "service ns two", "endpoint 127.0.0.1 True 9091", "watching", "ADDED three",
                "BOOKMARK None", "DELETED one",
            ])
    }
}
