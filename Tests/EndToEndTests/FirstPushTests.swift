import Foundation
import Testing

@Suite("From a client to Prometheus (A1: a 200 means stored)", .serialized)
struct FirstPushTests {
    /// Pushes, expects 200, and at once finds the series.
    private func expect(
        _ expected: [Prometheus.Series], by query: String, after push: (Collector) async throws -> Answer
    ) async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let collector = try await Collector(on: stage, to: prometheus.writeURL)
        let answer = try await push(collector)
        #expect(answer.status == 200, "\(answer)")
        #expect(answer.body == "")
        #expect(answer.header("Content-Length") == "0")
        #expect(try await prometheus.query(query) == expected)
        #expect(try await collector.terminate() == 0, "\(collector.program.errors)")
    }

    @Test func `curl pushes two metrics under a job and an identity`() async throws {
        let group = ["job": "some_job", "job_id": "my_unique_id"]
        try await expect(
            [
                .init(labels: group.merging(["__name__": "another_metric"]) { $1 }, value: "2398.283"),
                .init(
                    labels: group.merging(["__name__": "some_metric", "label": "val1"]) { $1 }, value: "42"),
            ],
            by: "{job=\"some_job\", __name__!=\"push_time_seconds\"}"
        ) { collector in
            try await collector.push(
                "/pushgateway/metrics/job/some_job/job_id/my_unique_id",
                """
                # TYPE some_metric counter
                some_metric{label="val1"} 42
                # TYPE another_metric gauge
                # HELP another_metric Just an example.
                another_metric 2398.283

                """)
        }
    }

    @Test func `a job in base64 and a node`() async throws {
        try await expect(
            [.init(labels: ["__name__": "up_time", "job": "hello", "node": "node-1"], value: "1.5")],
            by: "up_time"
        ) { try await $0.push("/pushgateway/metrics/job@base64/aGVsbG8=/node/node-1", "up_time 1.5\n") }
    }

    @Test func `a heartbeat without a final newline on the bare prefix`() async throws {
        try await expect(
            [
                .init(
                    labels: ["__name__": "heartbeat_timestamp", "job": "heartbeat", "instance": "svc"],
                    value: "1700000000")
            ],
            by: "heartbeat_timestamp"
        ) {
            try await $0.push(
                "/metrics/job/heartbeat/instance/svc",
                "# TYPE heartbeat_timestamp gauge\nheartbeat_timestamp 1700000000",
                "-H", "Content-Type: text/plain")
        }
    }

    @Test(arguments: ["POST", "PUT"]) func `a gzip body`(method: String) async throws {
        let stage = try Stage()
        let plain = try stage.write("zipped{way=\"\(method)\"} 1\n", to: "body")
        #expect(try await FinishedProgram("/usr/bin/gzip", [plain]).code == 0)
        try await expect(
            [.init(labels: ["__name__": "zipped", "job": "zip", "way": method], value: "1")], by: "zipped"
        ) {
            try await curl([
                "-X", method, "-H", "Content-Encoding: gzip", "--data-binary", "@\(plain).gz",
                "\($0.url)/pushgateway/metrics/job/zip",
            ])
        }
    }

    @Test func `the Python client`() async throws {
        let stage = try Stage()
        let script = try stage.write(
            """
            import sys
            from prometheus_client import CollectorRegistry, Gauge, Histogram, push_to_gateway
            registry = CollectorRegistry()
            Gauge("job_last_success", "When it ended.", registry=registry).set(12.5)
            Histogram("job_seconds", "How long.", ["step"], registry=registry, buckets=(1, 5)).labels("a/b").observe(3)
            push_to_gateway(sys.argv[1], job="nightly", registry=registry, grouping_key={"instance": "a/b"})
            """, to: "push.py")
        let group = ["job": "nightly", "instance": "a/b"]
        func series(_ name: String, _ labels: [String: String], _ value: String) -> Prometheus.Series {
            .init(labels: group.merging(labels) { $1 }.merging(["__name__": name]) { $1 }, value: value)
        }
        try await expect(
            [
                series("job_last_success", [:], "12.5"),
                series("job_seconds_bucket", ["step": "a/b", "le": "+Inf"], "1"),
                series("job_seconds_bucket", ["step": "a/b", "le": "1.0"], "0"),
                series("job_seconds_bucket", ["step": "a/b", "le": "5.0"], "1"),
                series("job_seconds_count", ["step": "a/b"], "1"),
                series("job_seconds_sum", ["step": "a/b"], "3"),
            ],
            by: "{job=\"nightly\", __name__!~\"push_time_seconds|.*_created\"}"
        ) { collector in
            let result = try await FinishedProgram(
                Stage.tool("python/bin/python"), [script, "\(collector.url)/pushgateway"])
            #expect(result.code == 0, "\(result.errors)")
            return Answer(status: result.code == 0 ? 200 : 0, head: "Content-Length: 0", body: "")
        }
    }
}
