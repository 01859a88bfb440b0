import Fixtures
import Foundation
import RemoteWrite
import Testing

@Suite("What only protobuf has survives a scrape", .timeLimit(.minutes(15)))
struct ScrapeFormatsTests {
    @Test func `exemplars and native histograms, by version 2 and in Prometheus`() async throws {
        let stage = try Stage()
        let file = stage.folder.appending(path: "body.pb")
        try Data(ProtobufWriter.exemplarAndNativeHistogram(labels: [("job", "batch")])).write(to: file)
        let gateway = try await AccessScript(
            "served_gateway.py", file.path,
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited")
        let receiver = try await Receiver(on: stage)
        let prometheus = try await Prometheus(on: stage, features: ["exemplar-storage", "native-histograms"])
        let sends = "send_exemplars: true, send_native_histograms: true"
        let collector = try await Collector(
            on: stage,
            configuration: """
                scrape:
                  push_gateways:
                    targets: [{__address__: '127.0.0.1:\(gateway.port)', team: a}]
                    scrape_interval: 1s
                    scrape_timeout: 1s
                remote_write:
                  - {name: old, url: '\(prometheus.writeURL)', \(sends)}
                  - {name: new, url: '\(receiver.writeURL)', \(sends), protobuf_message: \(RemoteWriteVersion.v2.message)}

                """)
        for (expression, value) in [
            ("requests_total{job=\"batch\",team=\"a\"}", "5"),
            ("histogram_count(latency{job=\"integrations/push-gateway\"})", "4"), ("histogram_sum(latency)", "2.5"),
        ] {
            try await wait(for: expression) { try await prometheus.query(expression).map(\.value) == [value] }
        }
        let exemplars = try await curl(
            "\(prometheus.url)/api/v1/query_exemplars?query=requests_total&start=0&end=4000000000")
        #expect(exemplars.body.contains("\"trace_id\":\"abc\"") && exemplars.body.contains("\"value\":\"0.5\""))
        try await wait(for: "both by version 2") {
            receiver.lines.contains { $0.hasPrefix("latency{") }
                && receiver.lines.contains { $0.hasPrefix("requests_total{") }
        }
        let counter = try #require(receiver.lines.first { $0.hasPrefix("requests_total{") })
        #expect(counter.contains(" # {trace_id=\"abc\"} 0.5"), "\(counter)")
        let histogram = try #require(receiver.lines.first { $0.hasPrefix("latency{") })
        #expect(
            histogram.contains(
                "{count:4,sum:2.5,schema:1,zero_threshold:0.001,zero_count:1,positive_spans:[0:2],positive_buckets:[1,2]"
            ),
            "\(histogram)")
        #expect(receiver.lines.contains("# TYPE latency histogram"))
        let page = FaultScrape(page: try await curl("\(collector.url)/metrics").body)
        #expect(page.sum("scrape_targets", "\"up\"") == 1)
        #expect(try await collector.terminate() == 0)
        // A process that ends marks nothing: it may be back before anybody misses it.
        #expect(!receiver.lines.contains { $0.hasPrefix("up{") && $0.contains(" NaN ") })
    }
}
