import Settings

/// By which proxy a server is reached, and which hosts are reached without one, as libcurl reads it.
struct ProxyChoice: Equatable {
    /// The proxy's URL; empty: none.
    var url = ""
    /// The hosts that are reached without it, separated by commas; `*`: all.
    var exceptions = "*"

    /// No proxy.
    static let none = ProxyChoice()
}

extension ProxyChoice {
    /// The proxy that settings choose for a URL of this scheme.
    ///
    /// Prometheus goes to the machine itself without a proxy where the environment or a list of exceptions has a say.
    init(_ proxy: Proxy, scheme: String, environment: Environment.Lookup = Environment.variable) {
        let itself = ["localhost", "127.0.0.0/8", "::1"]
        if let url = proxy.url {
            self.url = Self.complete(url.revealed)
            exceptions = proxy.noProxy.map { ([$0] + itself).joined(separator: ",") } ?? ""
        } else if proxy.fromEnvironment, let url = Self.variable("\(scheme)_proxy", environment) {
            self.url = Self.complete(url)
            let others = Self.variable("no_proxy", environment).map { [$0] } ?? []
            exceptions = others == ["*"] ? "*" : (others + itself).joined(separator: ",")
        } else {
            self = .none
        }
    }

    /// Whether there is a proxy at all.
    var isUsed: Bool { !url.isEmpty }

    /// What the proxy is shown: the password, and how it stands in a header.
    var secrets: [String] {
        guard let end = url.firstRange(of: "://"), let url = try? DestinationURL("http://\(url[end.upperBound...])"),
            let login = Target.login(in: url.userinfo)
        else { return [] }
        let (user, password) = (login.user, login.password.revealed)
        return [password, String(BasicAuthentication.value(user: user, password: password).dropFirst("Basic ".count))]
    }

    private static func variable(_ name: String, _ environment: Environment.Lookup) -> String? {
        environment(name.uppercased()) ?? environment(name)
    }

    /// The URL with its scheme and port, which libcurl would take for others than Prometheus does.
    private static func complete(_ text: String) -> String {
        let text = text.contains("://") ? text : "http://\(text)"
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let rest = text.dropFirst(scheme.count + 3)
        guard let url = try? DestinationURL("http://\(rest)") else { return text }
        let login = url.userinfo.map { "\($0)@" } ?? ""
        let end = url.authority.hasPrefix("[") ? url.authority.drop { $0 != "]" }.dropFirst() : url.authority[...]
        let ports = ["http": ":80", "https": ":443"]
        let port = end.contains(":") ? "" : ports[scheme] ?? ":1080"
        // The name is resolved by the proxy, as Go does.
        return "\(scheme == "socks5" ? "socks5h" : scheme)://\(login)\(url.authority)\(port)"
    }
}
