import Bytes
import Settings

/// Where a request goes, as libcurl is told: without user and password, and under the name that the certificate bears.
struct Target: Equatable {
    /// The URL for libcurl.
    var url: String
    /// Scheme, host and port, so that two of them can be compared.
    var origin: String
    /// What the header `Host` says.
    var host: String
    /// Where to connect instead of to the URL's host, as libcurl's `CURLOPT_CONNECT_TO` has it; nil: to the URL's host.
    var connectTo: String?
    /// The path as it was written, a slash where there is none.
    var path: String
    /// What follows the question mark, as it was written.
    var query: String
    /// User and password, where the URL has them.
    var login: Login?

    /// A user and a password.
    struct Login: Equatable {
        var user: String
        var password: Secret
    }
}

extension Target {
    /// Takes a URL apart; nil where it is none of `http` or `https`.
    ///
    /// - Parameter serverName: `tls_config.server_name`.
    init?(url text: String, serverName: String?) {
        guard let url = try? DestinationURL(text), let endpoint = Endpoint(url: text) else { return nil }
        let isDefaultPort = endpoint.port == (url.scheme == "https" ? "443" : "80")
        path = url.path.isEmpty ? "/" : url.path
        query = url.query ?? ""
        origin = "\(url.scheme)://\(endpoint.name)".lowercased()
        host = isDefaultPort ? endpoint.host : endpoint.name
        login = Self.login(in: url.userinfo)
        var authority = url.authority
        connectTo = nil
        if let serverName, url.scheme == "https" {
            authority = "\(serverName):\(endpoint.port)"
            connectTo = "\(authority):\(endpoint.name)"
        }
        self.url = "\(url.scheme)://\(authority)\(path)" + (url.query.map { "?\($0)" } ?? "")
    }

    /// The target that a redirect from this one leads to, as libcurl has put it together; nil where it is none.
    func redirected(to text: String, serverName: String?) -> Target? {
        guard let next = Target(url: text, serverName: nil) else { return nil }
        // A relative redirect keeps the name that stands in the place of the host.
        guard connectTo != nil, next.origin == Target(url: url, serverName: nil)?.origin else {
            return Target(url: text, serverName: serverName)
        }
        let query = next.query.isEmpty ? "" : "?\(next.query)"
        return Target(url: "https://\(host)\(next.path)\(query)", serverName: serverName)
    }

    /// User and password of a URL, without escapes.
    static func login(in userinfo: String?) -> Login? {
        guard let userinfo else { return nil }
        let user = userinfo.prefix { $0 != ":" }
        return Login(user: decoded(user), password: Secret(decoded(userinfo.dropFirst(user.count + 1))))
    }

    private static func decoded(_ text: Substring) -> String {
        PercentEncoding.decode(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? String(text)
    }
}
