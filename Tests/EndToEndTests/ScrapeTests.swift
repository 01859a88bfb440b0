import Foundation
import Testing

@Suite("What a Pushgateway holds arrives by the bridge as Prometheus would have scraped it", .timeLimit(.minutes(15)))
struct ScrapeTests {
    /// What both sides say of a Pushgateway: series that do not change while nobody pushes.
    private static let compared = #"__name__=~".+",__name__!="scrape_duration_seconds""#

    /// A Prometheus that scrapes the Pushgateway itself, and is sent what the bridge scrapes, with `via="bridge"`.
    private func bridge(
        _ stage: Stage, to pushgateway: Pushgateway, features: [String], keys: String
    ) async throws -> (prometheus: Prometheus, collector: Collector) {
        let prometheus = try await Prometheus(
            on: stage, features: features,
            configuration: """
                scrape_configs:
                  - job_name: integrations/push-gateway
                    honor_labels: true
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    static_configs: [{targets: ['127.0.0.1:\(pushgateway.port)'], labels: {team: a}}]
                    metric_relabel_configs: [{source_labels: [__name__], regex: (go|process)_.+, action: drop}]

                """)
        let collector = try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {canonical_buckets: false}}
                external_labels: {via: bridge}
                scrape:
                  push_gateways:
                    targets: [{__address__: '127.0.0.1:\(pushgateway.port)', team: a}]
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    \(keys)
                remote_write: [{url: '\(prometheus.writeURL)'}]

                """)
        return (prometheus, collector)
    }

    private func push(_ path: String, _ body: String, to pushgateway: Pushgateway) throws {
        #expect(try RawRequest.post("/metrics/job/\(path)", body).send(to: pushgateway.port).status == 200)
    }

    private func fill(_ pushgateway: Pushgateway) async throws {
        try push(
            "a/instance/x", "# HELP c Counted.\n# TYPE c counter\nc{l=\"a \\\"b\\\"\",m=\"é\"} 5\nc 7e300\n",
            to: pushgateway)
        try push("a/instance/y", "# TYPE c counter\nc{l=\"1\"} NaN\nc{l=\"2\"} +Inf\nuntyped -0.25\n", to: pushgateway)
        try push(
            "b",
            """
            # TYPE h histogram
            h_bucket{le="0.5"} 1
            h_bucket{le="1"} 2
            h_bucket{le="+Inf"} 3
            h_sum 4.5
            h_count 3
            # TYPE s summary
            s{quantile="0.5"} 2
            s_sum 9
            s_count 4

            """, to: pushgateway)
        let client = try await FinishedProgram(
            Stage.tool("python/bin/python"),
            [ClientsBackend.source("push.py"), "http://127.0.0.1:\(pushgateway.port)", "py", "push"])
        #expect(client.code == 0, "\(client)")
    }

    /// The series that an instant query finds, each with its value, without `via`.
    private func series(_ prometheus: Prometheus, via: String) async throws -> [String] {
        try await prometheus.query("{\(Self.compared),via=\"\(via)\"}").map { series in
            let labels = series.labels.filter { $0.key != "via" }.sorted(by: <)
            return "\(labels.map { "\($0.key)=\($0.value)" }) \(series.value)"
        }
    }

    private func both(_ prometheus: Prometheus) async throws -> (theirs: [String], ours: [String]) {
        (try await series(prometheus, via: ""), try await series(prometheus, via: "bridge"))
    }

    @Test(arguments: [("text", "headers: {Accept: 'text/plain;version=0.0.4'}"), ("protobuf", "")])
    func `series by series, and what is deleted or unreachable ends`(format: String, keys: String) async throws {
        let stage = try Stage()
        let pushgateway = try await Pushgateway(on: stage)
        try await fill(pushgateway)
        let features = format == "protobuf" ? ["native-histograms"] : []
        let (prometheus, collector) = try await bridge(stage, to: pushgateway, features: features, keys: keys)
        try await wait(for: "both sides to have the same") {
            let (theirs, ours) = try await both(prometheus)
            return theirs.count > 40 && theirs == ours
        }
        let delete = RawRequest.bare("DELETE", "/metrics/job/a/instance/x")
        #expect(try delete.send(to: pushgateway.port).status == 202)
        try await wait(for: "the deleted group to end on both sides") {
            let (theirs, ours) = try await both(prometheus)
            return theirs == ours && !theirs.contains { $0.contains("instance=x") }
        }
        pushgateway.stop()
        try await wait(for: "all to end but up and its like") {
            let (theirs, ours) = try await both(prometheus)
            return theirs.count == 4 && theirs == ours
        }
        #expect(try await prometheus.query("up{via=\"bridge\"}").map(\.value) == ["0"])
        #expect(try await collector.terminate() == 0)
    }

    @Test func `whatever a Pushgateway does, pushes are taken and memory is bounded`() async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let gateways = try await AccessScript("faulty_gateways.py")
        try await wait(for: "all ports") { gateways.lines.count == 8 }
        let ports = ["\(gateways.port)"] + gateways.lines + ["1"]
        let collector = try await Collector(
            on: stage,
            configuration: """
                scrape:
                  push_gateways:
                    targets: [\(ports.map { "{__address__: '127.0.0.1:\($0)'}" }.joined(separator: ", "))]
                    scrape_interval: 2s
                    scrape_timeout: 2s
                remote_write: [{url: '\(receiver.writeURL)'}]

                """)
        let results = ["timeout": 2, "unreachable": 2, "status": 2, "body_size": 2, "body": 2]
        try await wait(for: "each to have failed in its way") {
            let page = FaultScrape(page: try await curl("\(collector.url)/metrics").body)
            return page.sum("scrape_targets", "\"down\"") == 10
                && results.allSatisfy { page.sum("scrape_attempts_total", "\"\($0.key)\"") >= $0.value }
        }
        #expect(try await collector.push("/metrics/job/t", "pushed 1\n").status == 200)
        let page = FaultScrape(page: try await curl("\(collector.url)/metrics").body)
        #expect(page.sum("scrape_targets", "\"down\"") == 10)
        #expect(page.value("process_resident_memory_bytes") < 250 << 20)
        #expect(receiver.lines.count { $0.hasPrefix("up{") } >= 10)
        #expect(!receiver.lines.contains { $0.hasPrefix("redirected") })
        let shown = try await curl("\(collector.url)/").body
        #expect(shown.contains("10 Pushgateways: 10 failing.") && shown.utf8.count < 60_000)
        #expect(try await collector.terminate() == 0)
    }

    @Test func `a reload while Pushgateways are read moves where it goes, and not who is read`() async throws {
        let stage = try Stage()
        let pushgateway = try await Pushgateway(on: stage)
        try push("a", "pushed 1\n", to: pushgateway)
        let (first, second) = (try await Receiver(on: stage), try await Receiver(on: stage))
        let configuration = { (url: String, port: Int) in
            """
            scrape:
              push_gateways: {targets: [{__address__: '127.0.0.1:\(port)'}], scrape_interval: 200ms, scrape_timeout: 200ms}
            remote_write: [{url: '\(url)'}]

            """
        }
        let collector = try await Collector(on: stage, configuration: configuration(first.writeURL, pushgateway.port))
        let read = { (receiver: Receiver) in receiver.lines.count { $0.hasPrefix("pushed{") } }
        try await wait(for: "scrapes at the first") { read(first) > 2 }
        _ = try stage.write(configuration(second.writeURL, pushgateway.port), to: "collector-\(collector.port).yaml")
        collector.program.signal(SIGHUP)
        try await wait(for: "scrapes at the second") { read(second) > 2 }
        _ = try stage.write(configuration(second.writeURL, 1), to: "collector-\(collector.port).yaml")
        collector.program.signal(SIGHUP)
        try await wait(for: "the log to say what takes a restart") {
            collector.program.errors.contains("setting takes a restart and stays as it is")
        }
        let count = read(second)
        try await wait(for: "further scrapes") { read(second) > count + 2 }
        #expect(try await collector.terminate() == 0)
    }
}
