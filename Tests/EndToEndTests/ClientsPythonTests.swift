import Testing

extension Clients {
    @Suite("Python: prometheus_client and aiohttp")
    struct PythonTests {
        private static let metrics = """
            py_batches_total{kind="full"} 3
            py_duration_seconds_bucket{le="+Inf"} 3
            py_duration_seconds_bucket{le="0.5"} 1
            py_duration_seconds_bucket{le="1.0"} 2
            py_duration_seconds_bucket{le="10.0"} 2
            py_duration_seconds_count 3
            py_duration_seconds_sum 101
            py_load 2.5
            py_size_bytes_count 1
            py_size_bytes_sum 2
            """

        private func run(_ job: String, _ method: String, _ arguments: String...) async throws -> FinishedProgram {
            let backend = try ClientsBackend.current
            return try await backend.run(
                Stage.tool("python/bin/python"),
                [ClientsBackend.source("push.py"), backend.url, job, method] + arguments)
        }

        /// The `_created` series are times: that they are there is expected, their values are not.
        private func expectMetrics(under group: [String: String]) async throws {
            let backend = try ClientsBackend.current
            try await backend.expect(Self.metrics, under: group, leavingOut: ".*_created")
            let created = try await backend.prometheus.query(
                "{job=\"\(group["job"] ?? "")\", __name__=~\".*_created\"}")
            let names = ["py_batches_created", "py_duration_seconds_created", "py_size_bytes_created"]
            #expect(created.compactMap { $0.labels["__name__"] }.sorted() == names)
        }

        @Test(arguments: ["push", "pushadd"])
        func `push_to_gateway and pushadd_to_gateway`(method: String) async throws {
            let result = try await run("py-\(method)", method)
            #expect(result.code == 0, "\(result)")
            try await expectMetrics(under: ["job": "py-\(method)"])
        }

        @Test(arguments: ["push", "pushadd"])
        func `the gzip option`(method: String) async throws {
            let result = try await run("py-gzip-\(method)", method, "--gzip", "instance=db-1")
            #expect(result.code == 0, "\(result)")
            try await expectMetrics(under: ["job": "py-gzip-\(method)", "instance": "db-1"])
        }

        @Test func `a job and a value with a slash, an empty value and one with a space`() async throws {
            let result = try await run("py/nightly", "push", "path=/a/b", "empty=", "zone=a b")
            #expect(result.code == 0, "\(result)")
            try await expectMetrics(under: ["job": "py/nightly", "path": "/a/b", "zone": "a b"])
        }

        @Test func `delete_from_gateway raises, is told why, and changes nothing`() async throws {
            #expect(try await run("py-delete", "push", "instance=a/b").code == 0)
            let refused = try await run("py-delete", "delete", "instance=a/b")
            #expect(refused.code == 1)
            #expect(refused.errors.hasPrefix("HTTPError 405: "), "\(refused.errors)")
            #expect(refused.errors.contains("keeps nothing"), "\(refused.errors)")
            try await expectMetrics(under: ["job": "py-delete", "instance": "a/b"])
        }

        @Test(arguments: ["", "/pushgateway"])
        func `a heartbeat by aiohttp, at a bare address and at the prefix`(prefix: String) async throws {
            let backend = try ClientsBackend.current
            let service = prefix.isEmpty ? "loop-bare" : "loop-prefix"
            try await backend.push(
                Stage.tool("python/bin/python"),
                [ClientsBackend.source("heartbeat.py"), backend.collector.url + prefix, service, "1700000000"])
            let stored = try await backend.prometheus.query("loop_heartbeat_timestamp_seconds{service=\"\(service)\"}")
            let labels = [
                "__name__": "loop_heartbeat_timestamp_seconds", "job": "heartbeat", "instance": service,
                "service": service,
            ]
            #expect(stored == [.init(labels: labels, value: "1700000000")])
        }
    }
}
