import Testing

extension Clients {
    @Suite("C++: prometheus-cpp")
    struct CppTests {
        private static let metrics = """
            cpp_batches_total{kind="full"} 3
            cpp_duration_seconds_bucket{le="+Inf"} 3
            cpp_duration_seconds_bucket{le="0.5"} 1
            cpp_duration_seconds_bucket{le="1.0"} 2
            cpp_duration_seconds_bucket{le="10.0"} 2
            cpp_duration_seconds_count 3
            cpp_duration_seconds_sum 101
            cpp_load 2.5
            cpp_size_bytes_count 1
            cpp_size_bytes_sum 2
            cpp_size_bytes{quantile="0.5"} 2
            """

        private func run(_ job: String, _ method: String, _ labels: String...) async throws -> FinishedProgram {
            let backend = try ClientsBackend.current
            // The library joins host and port by a colon and puts /metrics behind them, so a prefix may follow the port.
            let port = "\(backend.collector.port)/pushgateway"
            return try await backend.run(
                ClientsBackend.built("push-cpp"), ["http://127.0.0.1", port, job, method] + labels)
        }

        /// Debian's version escapes nothing, so its users write what needs it in base64 themselves.
        @Test(arguments: ["push", "add"])
        func `Push and PushAdd`(method: String) async throws {
            let result = try await run(
                "cpp-\(method)", method, "instance=db-1:80", "path@base64=YS9i", "empty@base64==")
            #expect(result.output == "200\n", "\(result)")
            #expect(result.code == 0)
            try await ClientsBackend.current.expect(
                Self.metrics, under: ["job": "cpp-\(method)", "instance": "db-1:80", "path": "a/b"])
        }

        @Test func `Delete returns the refusal, and the reason is printed`() async throws {
            let result = try await run("cpp-delete", "delete")
            #expect(result.output.hasSuffix("\n405\n"), "\(result)")
            #expect(result.output.contains("keeps nothing"), "\(result)")
        }
    }
}
