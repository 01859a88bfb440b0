import Testing

extension Clients {
    @Suite("Node: its own http, sending as prom-client does")
    struct NodeTests {
        private static let metrics = """
            node_batches_total{kind="full"} 3
            node_duration_seconds_bucket{le="+Inf",step="a"} 3
            node_duration_seconds_bucket{le="0.5",step="a"} 1
            node_duration_seconds_bucket{le="1.0",step="a"} 2
            node_duration_seconds_count{step="a"} 3
            node_duration_seconds_sum{step="a"} 101
            """

        private func run(_ job: String, _ method: String, _ arguments: String...) async throws -> FinishedProgram {
            let backend = try ClientsBackend.current
            return try await backend.run(
                "node", [ClientsBackend.source("push.js"), backend.url, job, method] + arguments)
        }

        @Test(arguments: ["push", "pushAdd"])
        func `no Content-Type, chunked, %2F in the job and in a value`(method: String) async throws {
            let result = try await run("node/\(method)", method, "instance=a/b", "zone=a b")
            #expect(result.code == 0, "\(result)")
            try await ClientsBackend.current.expect(
                Self.metrics, under: ["job": "node/\(method)", "instance": "a/b", "zone": "a b"])
        }

        @Test func `a gzip body`() async throws {
            let result = try await run("node-gzip", "push", "--gzip")
            #expect(result.code == 0, "\(result)")
            try await ClientsBackend.current.expect(Self.metrics, under: ["job": "node-gzip"])
        }

        @Test func `delete is rejected with the reason`() async throws {
            let result = try await run("node-delete", "delete")
            #expect(result.code == 1)
            #expect(result.errors.hasPrefix("push failed with status 405, "), "\(result.errors)")
            #expect(result.errors.contains("keeps nothing"), "\(result.errors)")
        }
    }
}
