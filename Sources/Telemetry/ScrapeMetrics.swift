import Synchronization

/// What became of scrapes.
public final class ScrapeMetrics: Sendable {
    /// `scrape_attempts_total` by what came of them: `ok`; why there was no answer (`unreachable`, `timeout`, `body_size`,
    /// `credentials`); `status` for another than 200; `body` for one that cannot be read; `queue_full` for a scrape that
    /// was skipped, or whose samples found no room.
    public let attempts = CounterFamily([
        "ok", "unreachable", "timeout", "body_size", "credentials", "status", "body", "queue_full",
    ])
    /// `scrape_samples_total`: samples that were scraped and put into the queue, those about scrapes not among them.
    public let samples = Counter()
    /// `scrape_stale_markers_total`.
    public let staleMarkers = Counter()
    /// `scrape_series_remembered`: series that a stale marker will follow.
    public let remembered = Gauge()
    /// `scrape_series_not_remembered`: series of the last scrapes that `max_cache_size` has no room for.
    public let notRemembered = Gauge()
    /// `scrape_discovery_failures_total`: requests to the Kubernetes API server that failed.
    public let discoveryFailures = Counter()
    /// `scrape_discovery_failing`: 1 while targets from Kubernetes may be out of date.
    public let discoveryFailing = Gauge()

    private let current = Mutex(ScrapeStatus())

    /// Nothing is scraped yet.
    public init() {}

    /// What is scraped, as it is now.
    public var status: ScrapeStatus {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// Changes what is said of one target, or of discovery.
    public func update(_ change: (inout ScrapeStatus) -> Void) { current.withLock { change(&$0) } }
}

extension ScrapeMetrics {
    var families: [MetricFamily] {
        let states = status.counts
        return [
            MetricFamily(
                .counter, "push_collector_scrape_attempts_total", "Scrapes of Pushgateways, by what came of them.",
                attempts.values.map { .init(labels: [("result", $0)], value: String($1)) }),
            MetricFamily(
                .counter, "push_collector_scrape_samples_total", "Samples that were scraped and queued.",
                samples.value),
            MetricFamily(
                .counter, "push_collector_scrape_stale_markers_total",
                "Stale markers that were queued for series that vanished.", staleMarkers.value),
            MetricFamily(
                .gauge, "push_collector_scrape_series_remembered", "Series that a stale marker will follow.",
                remembered.value),
            MetricFamily(
                .gauge, "push_collector_scrape_series_not_remembered",
                "Scraped series that max_cache_size has no room for.", notRemembered.value),
            MetricFamily(
                .counter, "push_collector_scrape_discovery_failures_total",
                "Requests to the Kubernetes API server that failed.", discoveryFailures.value),
            MetricFamily(
                .gauge, "push_collector_scrape_discovery_failing",
                "1 while targets from Kubernetes may be out of date.", discoveryFailing.value),
            MetricFamily(
                .gauge, "push_collector_scrape_targets", "Pushgateways that are scraped, by state.",
                states.map { .init(labels: [("state", $0.rawValue)], value: String($1)) }),
        ]
    }
}
