extension Metrics {
    /// All metrics in the Prometheus text format 0.0.4, sorted by name.
    ///
    /// Per destination samples in are samples delivered, failed and pending, on every page.
    public func page() -> String {
        let families =
            collector + reloads.families + http.families + pushes.families + scrape.families + probes.families
            + DestinationMetrics.families(of: destinations)
            + readProcess().families
        var page = ""
        page.reserveCapacity(8192)
        for family in families.sorted(by: { $0.name < $1.name }) { family.write(to: &page) }
        return page
    }

    /// The names of all families, sorted.
    package var familyNames: [String] {
        page().split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }.map { String($0.split(separator: " ")[2]) }
    }

    private var collector: [MetricFamily] {
        let labels = [("version", build.version), ("swift_version", build.swiftVersion), ("revision", build.revision)]
        return [
            MetricFamily(
                .gauge, "push_collector_build_info", "What was built; the value is always 1.",
                [.init(labels: labels, value: "1")])
        ]
    }
}

extension HTTPMetrics {
    fileprivate var families: [MetricFamily] {
        let answered = requests.values.map { request, count in
            MetricFamily.Series(
                labels: [
                    ("handler", request.handler), ("method", request.method), ("code", String(request.code)),
                ], value: String(count))
        }
        return [
            MetricFamily(.counter, "push_collector_http_requests_total", "HTTP requests that were answered.", answered),
            MetricFamily(
                .gauge, "push_collector_http_connections", "HTTP connections that are open.", connections.value),
            MetricFamily(
                .counter, "push_collector_http_connections_refused_total",
                "HTTP connections that were answered 503 at once, by reason.",
                refusedConnections.series(label: "reason")),
            MetricFamily(
                "push_collector_http_request_duration_seconds",
                "Time from a request's head to its answer, by handler.",
                durations.all.map { ([("handler", $0.handler)], $0.histogram) }),
            MetricFamily(
                "push_collector_http_push_size_bytes", "Bodies of pushes as they arrived.", [([], pushSizes)]),
        ]
    }
}

extension PushMetrics {
    fileprivate var families: [MetricFamily] {
        [
            MetricFamily(
                .counter, "push_collector_samples_received_total", "Samples in pushes that were accepted.",
                samplesReceived.series(label: "format")),
            MetricFamily(
                .counter, "push_collector_series_received_total", "Series in pushes that were accepted.",
                seriesReceived.series(label: "format")),
            MetricFamily(
                .counter, "push_collector_push_errors_total", "Pushes that were refused, by reason.",
                errors.series(label: "reason")),
        ]
    }
}

extension CounterFamily<String> {
    fileprivate func series(label: String) -> [MetricFamily.Series] {
        values.map { .init(labels: [(label, $0)], value: String($1)) }
    }
}
