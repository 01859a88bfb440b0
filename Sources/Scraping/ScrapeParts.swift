import Bytes
public import Delivery
public import Discovery
public import Logging
import Relabeling
public import Settings
public import Telemetry

/// What scraping is put together from.
public struct ScrapeParts: Sendable {
    /// What is scraped, and how.
    let settings: Settings
    /// Which metrics are kept.
    let filter: NameFilter
    /// Where samples go.
    let outbox: CurrentOutbox
    /// What is counted.
    let metrics: Metrics
    /// Where changes are written.
    let logger: Logger
    /// Which targets are this replica's.
    public var share = TargetShare.all
    /// The API server that knows of targets; nil: none is asked.
    public var kubernetes: KubernetesServer?
    /// The wall clock, in ms since the epoch.
    var wallClock: @Sendable () -> Int64 = WallClock.milliseconds

    /// Parts for settings without contradictions.
    ///
    /// - Throws: `notARegex`.
    public init(_ settings: Settings, outbox: CurrentOutbox, metrics: Metrics, logger: Logger) throws(SettingsError) {
        self.settings = settings
        filter = try NameFilter(settings.scrape.pushGateways)
        self.outbox = outbox
        self.metrics = metrics
        self.logger = logger
    }
}

extension ScrapeParts {
    /// How servers are spoken to, in the order in which requests number them.
    public var clients: [FetchClient] {
        [FetchClient(settings.scrape.pushGateways.client)] + (kubernetes.map { [$0.client] } ?? [])
    }
}
