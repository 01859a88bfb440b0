/// `remote_write`: one destination, in Prometheus's own schema.
public struct DestinationSettings: Sendable, Equatable {
    /// The receiver's URL, `http` or `https`; required.
    public var url: String
    /// The name in logs, metrics and answers; nil: the URL's host and a short hash of the URL.
    public var name: String?
    /// Whether it counts for the answer to a push; what does not fit the queue of one that does not is dropped there.
    public var required = true
    /// How long one attempt may take.
    public var remoteTimeout = Duration.seconds(30)
    /// The message that it is sent, and so the version of the protocol.
    public var protobufMessage = ProtobufMessage.version1
    /// Whether exemplars go with their samples.
    public var sendExemplars = false
    /// Whether native histograms go as they are, and not as their classic series (contract B12).
    public var sendNativeHistograms = false
    /// What is said about metric families.
    public var metadata = Metadata()
    /// `write_relabel_configs`: what becomes of series on the way to this destination, after `external_labels`.
    public var relabelRules: [RelabelRule] = []
    /// How many decisions of relabelling are remembered.
    public var maxCacheSize = 100_000
    /// Headers of one's own, which take the place of those that are there.
    public var headers: [Header] = []
    /// Headers of one's own that may be there several times, secret, or in files.
    public var httpHeaders: [HeaderGroup] = []
    /// A user and a password; of this and the next five at most one.
    public var basicAuth: BasicAuth?
    /// The header `Authorization`.
    public var authorization: Authorization?
    /// The short form of `authorization` with the type `Bearer`.
    public var bearerToken: Secret?
    /// A file that holds the bearer token.
    public var bearerTokenFile: String?
    /// Tokens that are fetched.
    public var oauth2: OAuth2?
    /// Signatures of Amazon Web Services.
    public var sigv4: SigV4?
    /// Whom to trust, and how to be known.
    public var tls = TLS()
    /// By which way the destination is reached.
    public var proxy = Proxy()
    /// Whether 307 and 308 are followed.
    public var followRedirects = true
    /// Whether HTTP/2 is spoken where an `https` server offers it.
    public var enableHTTP2 = false
    /// Whether each connection goes to a random one of the host's addresses.
    public var roundRobinDNS = false
    /// Whether each request that fails is logged at debug.
    public var failedRequestLogging = false
    /// What waits, and for how long.
    public var queue = Queue()

    /// A destination with the defaults.
    public init(url: String) { self.url = url }

    /// The name in logs, metrics and answers.
    public var displayName: String { givenOrMadeName ?? "unnamed" }

    /// The name, unless there is neither one nor a URL to make it from.
    var givenOrMadeName: String? { name ?? (try? DestinationURL(url))?.name }

    /// The URL for logs and people, without what may be a secret.
    public var redactedURL: String { (try? DestinationURL(url))?.redacted ?? "" }
}

/// `remote_write.protobuf_message`: the message of a version of the protocol.
public enum ProtobufMessage: String, Sendable, CaseIterable {
    /// Of remote write 1.0.
    case version1 = "prometheus.WriteRequest"
    /// Of remote write 2.0.
    case version2 = "io.prometheus.write.v2.Request"
}

/// `remote_write.metadata_config`: what is said about metric families.
public struct Metadata: Sendable, Hashable {
    /// Whether type, help and unit of a family ride with a push that has it.
    public var send = true
    /// How long a family's metadata does not go again.
    public var sendInterval = Duration.seconds(60)
    /// How many families' metadata one push takes along; the others wait for the next.
    public var maxSamplesPerSend = 2_000

    /// The defaults.
    public init() {}
}

/// `remote_write.queue_config`: what waits for a destination.
public struct Queue: Sendable, Equatable {
    /// What all shards hold together.
    public var maxQueueSize = ByteSize.mebibytes(128)
    /// How many samples a shard holds; 0: only `maxQueueSize` bounds what waits.
    public var capacity = 0
    /// The number of shards is fixed: it is the larger one of this and `maxShards`.
    public var minShards = 1
    /// How many requests may be under way at a time: one a shard.
    public var maxShards = 4
    /// How many samples of several pushes are gathered into one request.
    public var maxSamplesPerSend = 2_000
    /// How long a sample may wait for others while its shard is idle: it never does, so that any bound holds.
    public var batchSendDeadline = Duration.seconds(5)
    /// The wait before the first retry; it doubles from one to the next.
    public var minBackoff = Duration.milliseconds(30)
    /// The longest wait between retries.
    public var maxBackoff = Duration.seconds(5)
    /// Whether 429 is tried again, or refuses the data.
    public var retryOnHTTP429 = true
    /// How old samples may be when they are sent; zero: any age.
    public var sampleAgeLimit = Duration.zero

    /// How many shards there are, from start to end.
    public var shards: Int { max(minShards, maxShards) }

    /// The defaults.
    public init() {}
}
