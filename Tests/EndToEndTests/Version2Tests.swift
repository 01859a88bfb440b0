import Fixtures
import Foundation
import RemoteWrite
import Testing

/// Remote write 2.0 by the built program.
@Suite("Remote write 2.0, end to end")
struct Version2Tests {
    private let key = "protobuf_message: \(RemoteWriteVersion.v2.message)"

    @Test func `the receiver reads types, help, units, exemplars and start times of a push (B12)`() async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(
            on: stage, to: receiver.writeURL, destination: "\(key)\nsend_exemplars: true",
            push: "push_time_seconds: false")
        let body = """
            # TYPE jobs_seconds counter
            # HELP jobs_seconds How long.
            # UNIT jobs_seconds seconds
            jobs_seconds_total{kind="a"} 5 1700000000 # {trace_id="x"} 0.5 1699999999.5
            jobs_seconds_created{kind="a"} 1699999000
            # EOF

            """
        let answer = try await collector.push(
            "/metrics/job/batch", body, "-H", "Content-Type: application/openmetrics-text; version=1.0.0")
        #expect(answer.status == 200, "\(answer)")
        try await receiver.prints("jobs_seconds_total{")
        #expect(
            receiver.lines == [
                "# TYPE jobs_seconds_total counter", "# HELP jobs_seconds_total How long.",
                "# UNIT jobs_seconds_total seconds",
                "jobs_seconds_total{job=\"batch\",kind=\"a\"} 5 1700000000000 st@1699999000000"
                    + " # {trace_id=\"x\"} 0.5 1699999999500",
            ])
        let metrics = try await curl("\(collector.url)/metrics")
        #expect(metrics.body.contains("push_collector_remote_write_protocol_version{destination=\"backend\"} 2\n"))
        #expect(try await collector.terminate() == 0)
    }

    @Test func `under load the receiver refuses nothing, and has all of it once`() async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(
            on: stage, configuration: FaultScene.configuration(url: receiver.writeURL, settings: [key]))
        let load = FaultLoad(.init(pushes: 3_000, sharedGroups: 40, parts: 3), to: collector.port, checking: nil)
        let ledger = try await load.ended()
        #expect(ledger.pushes(200) == Array(0..<3_000) && ledger.flaws == [])
        try await receiver.prints(FaultSample.metric, times: 9_000)
        let values = receiver.lines.filter { $0.hasPrefix(FaultSample.metric) }.map { line in
            line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? -1
        }
        #expect(values.sorted() == Array(0..<9_000))
        #expect(try await collector.terminate() == 0)
    }

    /// What a destination that does not know version 2 answers to it; it stores nothing then.
    @Test(arguments: [204, 200, 415, 400])
    func `a destination that does not know it loses no sample and gets version 1`(status: Int) async throws {
        let destination = try FaultyDestination { request in
            request.version == .v2 ? .status(status) : .stored(after: .milliseconds(1))
        }
        let scene = try await FaultScene(destination, settings: key)
        let load = scene.load(.init(pushes: 500, sharedGroups: 40, parts: 2))
        let ledger = try await load.ended()
        // A push that is answered 200 is in the destination by then: the load looks.
        #expect(ledger.pushes(200) == Array(0..<500) && ledger.flaws == [])
        #expect(destination.storedCount == 1_000)
        #expect(scene.collector.program.errors.components(separatedBy: "does not know remote write 2.0").count == 2)
        let metrics = try await curl("\(scene.collector.url)/metrics")
        #expect(metrics.body.contains("push_collector_remote_write_protocol_version{destination=\"backend\"} 1\n"))
        #expect(try await scene.collector.terminate() == 0)
    }

    @Test func `VictoriaMetrics, which answers 204 to what it does not read, has every sample`() async throws {
        let stage = try Stage()
        let database = try await VictoriaMetrics(on: stage, port: Stage.freePort())
        let collector = try await Collector(on: stage, to: database.writeURL, destination: key)
        for value in 1...3 {
            let answer = try await collector.push("/metrics/job/vm", "version2_test \(value)\n")
            #expect(answer.status == 200, "\(answer)")
        }
        try await wait(for: "the samples to be found") {
            try database.values(of: "version2_test").sorted() == [1, 2, 3]
        }
        #expect(try await collector.terminate() == 0)
    }

    @Test func `a Prometheus that knows version 1 only has the sample`() async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let collector = try await Collector(on: stage, to: prometheus.writeURL, destination: key)
        let answer = try await collector.push("/metrics/job/p", "# TYPE version2_test gauge\nversion2_test 7\n")
        #expect(answer.status == 200, "\(answer)")
        let series = try await prometheus.query("version2_test")
        #expect(series.map(\.value) == ["7"])
        #expect(try await collector.terminate() == 0)
    }

    /// In version 1, and in version 2 that Debian's Prometheus does not know and is sent as version 1 again.
    @Test(arguments: ["", "protobuf_message: \(RemoteWriteVersion.v2.message)"])
    func `exemplars and native histograms are in Prometheus, whichever version the way began with (B12)`(
        key: String
    ) async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage, features: ["exemplar-storage", "native-histograms"])
        let collector = try await Collector(
            on: stage, to: prometheus.writeURL,
            destination: ["send_exemplars: true", "send_native_histograms: true", key].joined(separator: "\n"))
        let file = stage.folder.appending(path: "body.pb")
        try Data(ProtobufWriter.exemplarAndNativeHistogram()).write(to: file)
        let type = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        let answer = try await curl([
            "--data-binary", "@\(file.path)", "-H", "Content-Type: \(type)", "\(collector.url)/metrics/job/p",
        ])
        #expect(answer.status == 200, "\(answer) \(collector.program.errors)")
        for (expression, value) in [
            ("requests_total", "5"), ("histogram_count(latency)", "4"), ("histogram_sum(latency)", "2.5"),
        ] {
            let series = try await prometheus.query(expression)
            #expect(series.map(\.value) == [value], "\(expression)")
        }
        let exemplars = try await curl(
            "\(prometheus.url)/api/v1/query_exemplars?query=requests_total&start=0&end=4000000000")
        #expect(exemplars.body.contains("\"trace_id\":\"abc\"") && exemplars.body.contains("\"value\":\"0.5\""))
        #expect(try await collector.terminate() == 0)
    }

    @Test func `what is confirmed in part is told the pusher (A5)`() async throws {
        let destination = try FaultyDestination { _ in
            .status(200, "", headers: "X-Prometheus-Remote-Write-Samples-Written: 1")
        }
        let scene = try await FaultScene(destination, settings: key)
        let answer = try await scene.collector.push("/metrics/job/p", "a 1\nb 2\n")
        #expect(answer.status == 422)
        #expect(answer.body == "destination backend: 200: destination confirmed 1 of 2\n", "\(answer)")
        #expect(try await scene.collector.terminate() == 0)
    }
}
