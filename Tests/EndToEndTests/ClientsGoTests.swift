import Testing

extension Clients {
    @Suite("Go: client_golang")
    struct GoTests {
        /// What push.go pushes: the same series in both formats.
        private static let metrics = """
            go_batches_total{kind="full"} 3
            go_duration_seconds_bucket{le="+Inf"} 4
            go_duration_seconds_bucket{le="0.5"} 1
            go_duration_seconds_bucket{le="1.0"} 2
            go_duration_seconds_bucket{le="10.0"} 2
            go_duration_seconds_bucket{le="1e+06"} 3
            go_duration_seconds_count 4
            go_duration_seconds_sum 2000101
            go_load 2.5
            go_size_bytes_count 1
            go_size_bytes_sum 2
            go_size_bytes{quantile="0.5"} 2
            go_size_bytes{quantile="1.0"} 2
            """

        private func push(_ arguments: [String], storedUnder group: [String: String]) async throws {
            let backend = try ClientsBackend.current
            let job = group["job"] ?? ""
            try await backend.push(
                ClientsBackend.built("push-go"), ["-url", backend.url, "-job", job] + arguments)
            try await backend.expect(Self.metrics, under: group)
        }

        @Test(arguments: ["push", "add"])
        func `protobuf, the default`(method: String) async throws {
            try await push(["-method", method], storedUnder: ["job": "go-protobuf-\(method)"])
        }

        @Test func `protobuf under a value with a slash, an empty one and one with a space`() async throws {
            try await push(
                ["path=a/b", "empty=", "zone=a b"],
                storedUnder: ["job": "go/protobuf", "path": "a/b", "zone": "a+b"])
        }

        @Test(arguments: ["push", "add"])
        func `text`(method: String) async throws {
            try await push(["-text", "-method", method], storedUnder: ["job": "go-text-\(method)"])
        }

        @Test func `text under a value with a slash, an empty one and one with a space`() async throws {
            try await push(
                ["-text", "path=a/b", "empty=", "zone=a b"],
                storedUnder: ["job": "go/text", "path": "a/b", "zone": "a+b"])
        }

        @Test func `Delete reports the refusal and its reason`() async throws {
            let backend = try ClientsBackend.current
            let result = try await backend.run(
                ClientsBackend.built("push-go"), ["-url", backend.url, "-job", "go-delete", "-method", "delete"])
            #expect(result.code == 1)
            #expect(result.errors.contains("unexpected status code 405 while deleting"), "\(result.errors)")
            #expect(result.errors.contains("keeps nothing"), "\(result.errors)")
        }
    }
}
