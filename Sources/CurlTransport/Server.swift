import Settings

/// A server that requests go to, a destination or the one that has its tokens, and the way there.
struct Server {
    var target: Target
    var endpoint: Endpoint
    var tls: TLS
    var proxy: ProxyChoice
    /// The headers for a proxy that is asked for a tunnel.
    var tunnelLines: [String]
    var timeout: Duration
    var enableHTTP2 = false
    var roundRobinDNS = false

    /// - Returns: nil where the URL cannot be used.
    init?(url: String, tls: TLS, proxy: Proxy, timeout: Duration) {
        guard let target = Target(url: url, serverName: tls.serverName), let endpoint = Endpoint(url: url)
        else { return nil }
        self.target = target
        self.endpoint = endpoint
        self.tls = tls
        let isSecure = target.url.hasPrefix("https")
        self.proxy = ProxyChoice(proxy, scheme: isSecure ? "https" : "http")
        tunnelLines = isSecure ? HeaderLines.lines(proxy) : []
        self.timeout = timeout
    }

    /// The server that settings name.
    init?(_ settings: DestinationSettings) {
        self.init(url: settings.url, tls: settings.tls, proxy: settings.proxy, timeout: settings.remoteTimeout)
        enableHTTP2 = settings.enableHTTP2
        roundRobinDNS = settings.roundRobinDNS
    }

    /// The header `Host`, where the URL that libcurl is told has another one.
    var hostLines: [String] { Self.hostLines(target) }

    static func hostLines(_ target: Target) -> [String] {
        target.connectTo == nil ? [] : [HeaderLines.line("Host", target.host)]
    }
}

extension TLS {
    /// The files that authorities, certificate and key are in.
    var files: [String] { [caFile, certFile, keyFile].compactMap(\.self) }
}
