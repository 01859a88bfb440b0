import Telemetry
import Testing

@Suite struct MetricsPageTests {
    private let metrics = Metrics(
        build: BuildInfo(version: "0.1.0", swiftVersion: "6.3", revision: "unknown"), destinations: ["b", "a"])

    private var lines: [Substring] { metrics.page().split(separator: "\n") }

    @Test func `every family is there from the start, with zeros`() {
        let samples = lines.filter { !$0.hasPrefix("#") }
        #expect(
            samples.contains(
                "push_collector_build_info{version=\"0.1.0\",swift_version=\"6.3\",revision=\"unknown\"} 1"))
        #expect(
            samples.filter {
                !$0.hasPrefix("push_collector_build_info") && !$0.hasPrefix("push_collector_config_last_reload_success")
            }.allSatisfy {
                $0.hasSuffix(" 0") || $0.hasSuffix(" 0.00")
            })
        // Those of services have series where there are services.
        for name in metrics.familyNames where !name.hasPrefix("push_collector_probe_") {
            #expect(
                samples.contains {
                    $0.hasPrefix("\(name) ") || $0.hasPrefix("\(name){") || $0.hasPrefix("\(name)_bucket{")
                })
        }
    }

    @Test func `the families are those of the documentation`() {
        #expect(
            metrics.familyNames == [
                "process_cpu_seconds_total", "process_max_fds", "process_open_fds", "process_resident_memory_bytes",
                "process_start_time_seconds", "process_virtual_memory_bytes",
                "push_collector_build_info", "push_collector_config_last_reload_success_timestamp_seconds",
                "push_collector_config_last_reload_successful", "push_collector_http_connections",
                "push_collector_http_connections_refused_total", "push_collector_http_push_size_bytes",
                "push_collector_http_request_duration_seconds", "push_collector_http_requests_total",
                "push_collector_probe_heartbeat_timestamp_seconds", "push_collector_probe_heartbeats_total",
                "push_collector_probe_success", "push_collector_push_errors_total",
                "push_collector_remote_write_bytes_pending",
                "push_collector_remote_write_bytes_total", "push_collector_remote_write_exemplars_total",
                "push_collector_remote_write_failing", "push_collector_remote_write_histograms_total",
                "push_collector_remote_write_partial_writes_total", "push_collector_remote_write_protocol_version",
                "push_collector_remote_write_queue_highest_sent_timestamp_seconds",
                "push_collector_remote_write_request_duration_seconds",
                "push_collector_remote_write_requests_total", "push_collector_remote_write_samples_failed_total",
                "push_collector_remote_write_samples_in_total", "push_collector_remote_write_samples_pending",
                "push_collector_remote_write_samples_retried_total", "push_collector_remote_write_samples_total",
                "push_collector_remote_write_shard_capacity", "push_collector_remote_write_shards",
                "push_collector_samples_dropped_total",
                "push_collector_samples_received_total",
                "push_collector_scrape_attempts_total", "push_collector_scrape_discovery_failing",
                "push_collector_scrape_discovery_failures_total", "push_collector_scrape_samples_total",
                "push_collector_scrape_series_not_remembered", "push_collector_scrape_series_remembered",
                "push_collector_scrape_stale_markers_total", "push_collector_scrape_targets",
                "push_collector_series_received_total",
            ])
    }

    @Test func `each family has its help and its type before its series, and no line is there twice`() {
        var family = ""
        for line in lines {
            let words = line.split(separator: " ")
            if line.hasPrefix("# HELP ") {
                family = String(words[2])
                #expect(words.count > 3)
            } else if line.hasPrefix("# TYPE ") {
                #expect(words[2] == family)
                let isHistogram = ["_duration_seconds", "_size_bytes"].contains { family.hasSuffix($0) }
                #expect(words[3] == (isHistogram ? "histogram" : family.hasSuffix("_total") ? "counter" : "gauge"))
            } else {
                #expect(
                    ["", "_bucket", "_sum", "_count"].contains {
                        line.hasPrefix("\(family)\($0) ") || line.hasPrefix("\(family)\($0){")
                    })
            }
        }
        #expect(Set(lines).count == lines.count)
        #expect(metrics.page().hasSuffix("\n"))
    }

    @Test func `what is counted is shown`() {
        metrics.http.requests.add(.init(handler: "push", method: "POST", code: 200), 2)
        metrics.http.connections.set(3)
        metrics.pushes.samplesReceived.add("text", 4)
        metrics.pushes.errors.add("parse", 5)
        let page = lines
        #expect(page.contains("push_collector_http_requests_total{handler=\"push\",method=\"POST\",code=\"200\"} 2"))
        #expect(page.contains("push_collector_http_connections 3"))
        #expect(page.contains("push_collector_samples_received_total{format=\"text\"} 4"))
        #expect(page.contains("push_collector_push_errors_total{reason=\"parse\"} 5"))
    }
}
