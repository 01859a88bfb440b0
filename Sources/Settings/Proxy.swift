/// `proxy_url` and its companions: the way to a server.
public struct Proxy: Sendable, Equatable {
    /// The proxy's URL, `http`, `https` or `socks5`, which may hold a password.
    public var url: Secret?
    /// Hosts that are reached without it, separated by commas.
    public var noProxy: String?
    /// Whether `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` of the environment count.
    public var fromEnvironment = false
    /// Headers for a proxy that is asked for a tunnel.
    public var connectHeader: [HeaderGroup] = []

    /// The defaults: no proxy.
    public init() {}
}

extension Proxy {
    /// The schemes that a proxy's URL may have.
    private static let schemes = ["http", "https", "socks5", "socks5h"]

    /// Whether a text is a proxy's URL: a scheme, and a host behind it.
    static func isURL(_ text: String) -> Bool {
        let lowercased = text.lowercased()
        guard let scheme = schemes.first(where: { lowercased.hasPrefix($0 + "://") }) else { return false }
        let rest = text.dropFirst(scheme.count + 3)
        // The rest is as that of any URL.
        return (try? DestinationURL("http://\(rest)")) != nil
    }
}
