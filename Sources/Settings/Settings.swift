/// The configuration of a collector: `collector.yaml`, key by key.
///
/// Defaults live here and only here; `collector.yaml` shows them, and a test holds the two together.
public struct Settings: Sendable, Equatable {
    /// Where the server listens.
    public var listenAddress: [ListenAddress] = [.default]
    /// How pushes come in.
    public var push = Push()
    /// Labels for every series that has none of that name.
    public var externalLabels: [String: String] = [:]
    /// Where samples go.
    public var remoteWrite: [DestinationSettings] = []
    /// Whose heartbeats are watched.
    public var probes = Probes()
    /// What is fetched instead of pushed.
    public var scrape = Scrape()
    /// How the process ends.
    public var shutdown = Shutdown()
    /// What is logged, and how.
    public var log = Log()

    /// The defaults: no destination yet.
    public init() {}
}

/// `push`: how samples come in.
public struct Push: Sendable, Equatable {
    /// The Pushgateway's way of pushing.
    public var pushgateway = Pushgateway()

    /// The defaults.
    public init() {}
}

/// `push.pushgateway`: pushes as Pushgateway clients send them.
public struct Pushgateway: Sendable, Equatable {
    /// Whether the push routes exist.
    public var enabled = true
    /// The paths that stand before `metrics/job/...`; each begins with a slash, and only `/` ends with one.
    public var routePrefixes = ["/pushgateway", "/"]
    /// When a push is answered: once its destinations have stored it, or once it is queued (contract A1, A3).
    public var acknowledge = Acknowledge.delivered
    /// How long a push waits for its destinations before it is answered 202 (contract A2).
    public var acknowledgeTimeout = Duration.seconds(5)
    /// What happens to timestamps that clients send (contract B7).
    public var timestamps = TimestampPolicy.honor
    /// Whether each push also forwards the time of its receipt (contract B10).
    public var pushTimeSeconds = true
    /// Whether `le` and `quantile` leave in Prometheus 3's canonical form (contract B11).
    public var canonicalBuckets = true
    /// `relabel_configs`: what becomes of pushed series, the grouping's labels among theirs.
    public var relabelRules: [RelabelRule] = []
    /// The tokens that pushers show; none: no token is asked for.
    public var tokens: [PushToken] = []
    /// What a push may cost.
    public var limits = Limits()

    /// The defaults.
    public init() {}
}

/// `push.pushgateway.acknowledge`: what a 2xx answer promises.
public enum Acknowledge: String, Sendable, CaseIterable {
    case delivered, queued
}

/// `push.pushgateway.timestamps`: what becomes of the timestamps in a body.
public enum TimestampPolicy: String, Sendable, CaseIterable {
    case honor, strip, reject
}

/// `push.pushgateway.limits`: what a push may cost.
public struct Limits: Sendable, Equatable {
    /// A body as it arrives.
    public var bodySize = ByteSize.mebibytes(16)
    /// A body once it is decompressed.
    public var decodedSize = ByteSize.mebibytes(64)
    /// All bodies in hand together, from the first byte until they are queued.
    public var inflightSize = ByteSize.mebibytes(256)
    /// Connections at a time.
    public var connections = 10_000
    /// The series of one push; 0, as in the other three: no limit (contract L2).
    public var seriesPerPush = 0
    /// The labels of a series, those of the grouping key among them, its name not.
    public var labelsPerSeries = 0
    /// The bytes of a label's name.
    public var labelNameLength = 0
    /// The bytes of a label's value.
    public var labelValueLength = 0

    /// The defaults.
    public init() {}
}

/// `shutdown`: how the process ends.
public struct Shutdown: Sendable, Equatable {
    /// How long pushes are still taken after readiness has turned red.
    public var delay = Duration.zero
    /// How long queued samples are still delivered after that.
    public var timeout = Duration.seconds(25)

    /// The defaults.
    public init() {}
}

/// `log`: what is logged, and how.
public struct Log: Sendable, Equatable {
    /// The least severe level that is logged.
    public var level = LogLevel.info
    /// How a line is written.
    public var format = LogFormat.logfmt
    /// Whether each request is logged.
    public var access = false

    /// The defaults.
    public init() {}
}

/// `log.level`, as Prometheus names the levels.
public enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, warn, error
}

/// `log.format`.
public enum LogFormat: String, Sendable, CaseIterable {
    case logfmt, json
}
