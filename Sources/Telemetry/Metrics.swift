import Synchronization

/// The collector's own metrics, named as in `docs/metrics.md`; there from the start with the value 0.
public final class Metrics: Sendable {
    /// What the HTTP server did.
    public let http = HTTPMetrics()
    /// What became of pushes.
    public let pushes = PushMetrics()
    /// What became of reloads.
    public let reloads = ReloadMetrics()
    /// What became of scrapes.
    public let scrape = ScrapeMetrics()
    /// What is known of the services of `probes`.
    public let probes = ProbeMetrics()
    private let current: Mutex<[DestinationMetrics]>
    /// What was built.
    public let build: BuildInfo
    let readProcess: @Sendable () -> ProcessStatus

    /// Metrics for destinations of these names.
    ///
    /// - Parameter process: what the system says about the process, asked for each page.
    public init(
        build: BuildInfo, destinations names: [String],
        process: @escaping @Sendable () -> ProcessStatus = { ProcessStatus() }
    ) {
        self.build = build
        current = Mutex(names.map(DestinationMetrics.init(name:)))
        readProcess = process
    }

    /// What each destination got, in the order in which they came; a reload may add some, and take some away.
    public var destinations: [DestinationMetrics] {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    /// When the process started, in ms since the epoch.
    public var started: Int64 { readProcess().started }
}

/// The labels of `build_info`.
public struct BuildInfo: Sendable {
    /// The program's version.
    public var version: String
    /// The compiler's version.
    public var swiftVersion: String
    /// The commit, or `unknown`.
    public var revision: String

    /// What was built.
    public init(version: String, swiftVersion: String, revision: String) {
        self.version = version
        self.swiftVersion = swiftVersion
        self.revision = revision
    }
}

/// What the HTTP server did.
public final class HTTPMetrics: Sendable {
    /// The labels of `http_requests_total`.
    public struct Request: Hashable, Sendable {
        /// The route: `push`, `metrics`, `healthy`, `ready`, `probe`, `lifecycle`, `other`.
        public var handler: String
        /// The method in upper case; one that HTTP does not know is `other`.
        public var method: String
        /// The status.
        public var code: Int

        /// An answered request.
        public init(handler: String, method: String, code: Int) {
            self.handler = handler
            self.method = method
            self.code = code
        }
    }

    /// `http_requests_total`; other requests than these are there once they have come.
    public let requests = CounterFamily<Request>([
        Request(handler: "push", method: "POST", code: 200), Request(handler: "push", method: "POST", code: 202),
        Request(handler: "push", method: "PUT", code: 200), Request(handler: "push", method: "PUT", code: 202),
        Request(handler: "metrics", method: "GET", code: 200), Request(handler: "healthy", method: "GET", code: 200),
        Request(handler: "ready", method: "GET", code: 200), Request(handler: "status", method: "GET", code: 200),
    ])
    /// `http_connections`.
    public let connections = Gauge()
    /// `http_connections_refused_total` by reason: more than `limits.connections`, or the server drains.
    public let refusedConnections = CounterFamily(["connections", "draining"])
    /// `http_request_duration_seconds`, from the end of the request's head to its answer.
    public let durations = RequestDurations()
    /// `http_push_size_bytes`: bodies of pushes that arrived whole, as they arrived.
    public let pushSizes = Histogram.sizes()
}

/// How long requests took, by the part of the server that answered them.
public final class RequestDurations: Sendable {
    private let push = Histogram.durations()
    private let other = Histogram.durations()
    private let further = Dictionary(
        uniqueKeysWithValues: ["metrics", "healthy", "ready", "lifecycle", "status"].map { ($0, Histogram.durations()) }
    )

    /// The times of a handler; of one that is not known, those of `other`.
    public subscript(handler: String) -> Histogram { handler == "push" ? push : further[handler] ?? other }

    /// All of them, sorted by handler.
    var all: [(handler: String, histogram: Histogram)] {
        (further.map { ($0, $1) } + [("push", push), ("other", other)]).sorted { $0.0 < $1.0 }
    }
}

/// What became of pushes.
public final class PushMetrics: Sendable {
    /// `samples_received_total` by format; accepted pushes only.
    public let samplesReceived = CounterFamily(["text", "openmetrics", "protobuf"])
    /// `series_received_total` by format; accepted pushes only.
    public let seriesReceived = CounterFamily(["text", "openmetrics", "protobuf"])
    /// `push_errors_total` by reason.
    public let errors = CounterFamily([
        "base64", "body_size", "contended", "corrupt", "cut_short", "decoded_size", "draining", "encoding", "expired",
        "forbidden", "format",
        "inconsistent", "inflight_size", "job", "label_name", "lost", "method", "parse", "passwords", "path",
        "queue_full",
        "queue_size", "rate_limit", "refused", "request", "route", "series_limit", "timeout", "timestamps",
        "unauthorized", "utf8",
    ])
}

/// What one destination got.
public final class DestinationMetrics: Sendable {
    /// The destination's name.
    public let name: String
    /// `remote_write_samples_in_total`: entered the queue.
    public let samplesIn = Counter()
    /// `remote_write_samples_total`: delivered.
    public let samplesDelivered = Counter()
    /// `remote_write_histograms_total`: native histograms among the samples that were delivered.
    public let histogramsDelivered = Counter()
    /// `remote_write_exemplars_total`: delivered.
    public let exemplarsDelivered = Counter()
    /// `samples_dropped_total` by reason: `age` for samples older than `sample_age_limit`, `exemplar` for exemplars that the
    /// destination is not sent, `not_required_full` for what did not fit the queue of one that is not required, `relabel`
    /// for what relabelling took out.
    public let samplesDropped = CounterFamily(["age", "exemplar", "not_required_full", "relabel"])
    /// `remote_write_samples_failed_total` by reason: `refused`, `lost`, and `unconfirmed` for what a destination answered
    /// 2xx for, but did not say it had stored.
    public let samplesFailed = CounterFamily(["refused", "lost", "unconfirmed"])
    /// `remote_write_partial_writes_total`: requests of which the destination said it had stored a part.
    public let partialWrites = Counter()
    /// `remote_write_protocol_version`: the version of the protocol that is spoken now.
    public let protocolVersion = Gauge()
    /// `remote_write_samples_retried_total`.
    public let samplesRetried = Counter()
    /// `remote_write_samples_pending`.
    public let samplesPending = Gauge()
    /// `remote_write_bytes_pending`.
    public let bytesPending = Gauge()
    /// `remote_write_requests_total` by status; 0 where no answer came.
    ///
    /// Prometheus answers 204, others 200; further statuses are there once they have come.
    public let requests = CounterFamily([0, 200, 204])
    /// `remote_write_bytes_total`: compressed bytes of delivered requests.
    public let bytesDelivered = Counter()
    /// `remote_write_queue_highest_sent_timestamp_seconds`, in ms.
    public let highestSentTimestamp = Gauge()
    /// `remote_write_request_duration_seconds`, from the beginning of an attempt to its end.
    public let requestDurations = Histogram.durations()
    /// `remote_write_shards`.
    public let shards = Gauge()
    /// `remote_write_shard_capacity`.
    public let shardCapacity = Gauge()
    /// `remote_write_failing`: 1 while pushes are answered 202 at once (contract A2).
    public let failing = Gauge()

    /// Metrics of the destination of this name.
    public init(name: String) { self.name = name }
}
