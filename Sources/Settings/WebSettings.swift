/// What the server asks of who comes in: the file of `--web.config.file`, in the format of Prometheus's exporter-toolkit.
public struct WebSettings: Sendable, Equatable {
    /// `tls_server_config`; nil: plain HTTP.
    public var tls: ServerTLS?
    /// `http_server_config.headers`: headers of every answer.
    public var headers: [WebHeader] = []
    /// `basic_auth_users`: who may come in; none: anybody.
    public var users: [String: BcryptHash] = [:]
    /// `rate_limit`; nil: none.
    public var rateLimit: RateLimit?

    /// The defaults: nothing is asked.
    public init() {}
}

/// A header that every answer has.
public struct WebHeader: Sendable, Equatable {
    /// Its name.
    public var name: Name
    /// Its value.
    public var value: String

    /// The headers that exporter-toolkit lets one choose.
    public enum Name: String, Sendable, CaseIterable {
        case contentSecurityPolicy = "Content-Security-Policy"
        case frameOptions = "X-Frame-Options"
        case contentTypeOptions = "X-Content-Type-Options"
        case xssProtection = "X-XSS-Protection"
        case strictTransportSecurity = "Strict-Transport-Security"
    }

    /// A header with its value.
    public init(_ name: Name, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// `rate_limit`: a bucket of tokens, of which each request takes one.
public struct RateLimit: Sendable, Equatable {
    /// After this time a token more is there.
    public var interval: Duration
    /// So many tokens the bucket holds, and at first it is full.
    public var burst: Int

    /// A bucket.
    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }
}
