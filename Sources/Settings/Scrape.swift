/// `scrape`: what is fetched instead of pushed.
public struct Scrape: Sendable, Equatable {
    /// Pushgateways that exist already.
    public var pushGateways = PushGatewayScrape()

    /// The defaults: nothing is scraped.
    public init() {}
}

/// `scrape.push_gateways`: existing Pushgateways, whose series are fetched and forwarded.
public struct PushGatewayScrape: Sendable, Equatable {
    /// Pushgateways at known addresses.
    public var targets: [ScrapeTargetSettings] = []
    /// Pushgateways that a Kubernetes API server knows.
    public var kubernetes = KubernetesDiscovery()
    /// The job of series that have none of their own, and of `up` and its like.
    public var jobLabel = "integrations/push-gateway"
    /// The names of metrics that are kept; a regular expression that matches the whole name.
    public var keepMetrics = "(.+)"
    /// The names of metrics that are dropped, of those that are kept; a regular expression that matches the whole name.
    public var dropMetrics = "(^(go|process)_.+$)"
    /// How often each Pushgateway is scraped.
    public var scrapeInterval = Duration.seconds(60)
    /// How long one scrape may take.
    public var scrapeTimeout = Duration.seconds(10)
    /// How many series are remembered, of all Pushgateways together, so that stale markers can follow them.
    public var maxCacheSize = 100_000
    /// Which of the Pushgateways are this replica's.
    public var clustering = Clustering()
    /// `http` or `https`.
    public var scheme = ScrapeScheme.http
    /// The path that series are fetched from.
    public var metricsPath = "/metrics"
    /// How requests show who they are, and whom they trust.
    public var client = ScrapeClient()

    /// The defaults: no Pushgateway.
    public init() {}

    /// Whether there is anything to scrape, or may be.
    public var isEnabled: Bool { !targets.isEmpty || kubernetes.enabled }
}

/// An item of `scrape.push_gateways.targets`.
public struct ScrapeTargetSettings: Sendable, Equatable {
    /// `__address__`: host and port.
    public var address: String
    /// Labels for its series that have none of these names.
    public var labels: [String: String]

    /// A target at an address.
    public init(address: String, labels: [String: String] = [:]) {
        self.address = address
        self.labels = labels
    }
}

/// `scrape.push_gateways.kubernetes`: the services whose ready endpoints are scraped.
public struct KubernetesDiscovery: Sendable, Equatable {
    /// Whether the API server is asked at all.
    public var enabled = false
    /// The namespaces that are looked at; none: all.
    public var namespaces: [String] = []
    /// What the fields of a service have to be, as the API server has it.
    public var fieldSelectors: [String] = []
    /// What the labels of a service have to be, as the API server has it.
    public var labelSelectors = ["app.kubernetes.io/name=prometheus-pushgateway"]
    /// The name of the port that is scraped.
    public var portName = "http-metrics"
    /// The URL of the API server; nil: that of the kubeconfig, or of the cluster which the process runs in, with the pod's service account.
    public var apiServer: String?
    /// The file of `kubectl` that says where the API server is, and all of how it is spoken to.
    public var kubeconfigFile: String?
    /// How the API server is told who asks, and how it is known; of a pod in its cluster, its service account knows.
    public var client = ScrapeClient()

    /// The defaults: the API server is not asked.
    public init() {}
}

/// `scrape.push_gateways.clustering`: how targets are divided among replicas.
public struct Clustering: Sendable, Equatable {
    /// Whether they are divided.
    public var enabled = false
    /// How many replicas there are.
    public var replicas = 1
    /// Which one this is, from 0 on; nil: the number at the end of the host's name, as a StatefulSet gives it.
    public var index: Int?

    /// The defaults: all targets are this replica's.
    public init() {}
}

/// `scheme`, as Prometheus has it.
public enum ScrapeScheme: String, Sendable, CaseIterable {
    case http, https
}

/// How a server that something is fetched from is spoken to; as in Prometheus's `scrape_config`.
public struct ScrapeClient: Sendable, Hashable {
    /// Headers of every request.
    public var headers: [Header] = []
    /// A user and a password.
    public var basicAuth: BasicAuth?
    /// The header `Authorization`.
    public var authorization: Authorization?
    /// Whom to trust, and how to be known.
    public var tls = TLS()

    /// Nothing is shown, and the system's authorities are trusted.
    public init() {}
}
