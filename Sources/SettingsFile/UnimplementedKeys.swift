import Settings

/// The keys that are documented but not implemented yet, ours and those of Prometheus's `remote_write`.
///
/// A key leaves this table in the change that implements it.
enum UnimplementedKeys {
    /// The mapping that the keys stand in, with `[]` for an item of a list; the key; what it is for.
    static let table: [(path: String, name: String, what: String)] =
        [
            ("", "external_labels", "labels for every series"),
            ("", "probes", "heartbeats"),
            ("", "scrape", "scraping of Pushgateways"),
            ("push.pushgateway", "relabel_configs", "relabelling of pushed series"),
            ("push.pushgateway", "tokens", "tokens that pushers show"),
            ("log", "access", "a line for each request"),
        ] + entry + authentication + connection + tls + queue

    private static let entry: [(path: String, name: String, what: String)] = [
        ("remote_write[]", "protobuf_message", "the choice of the protocol's version; it is prometheus.WriteRequest"),
        ("remote_write[]", "headers", "headers of one's own"),
        ("remote_write[]", "http_headers", "headers of one's own"),
        ("remote_write[]", "write_relabel_configs", "relabelling for one destination"),
        ("remote_write[]", "max_cache_size", "a memory of relabelling's decisions"),
        ("remote_write[]", "failed_request_logging", "a log of failed requests"),
    ]

    private static let authentication: [(path: String, name: String, what: String)] = [
        ("remote_write[]", "basic_auth", "user and password for a destination"),
        ("remote_write[]", "authorization", "a token for a destination"),
        ("remote_write[]", "bearer_token", "a token for a destination"),
        ("remote_write[]", "bearer_token_file", "a token for a destination"),
        ("remote_write[]", "oauth2", "OAuth 2.0 for a destination"),
        ("remote_write[]", "sigv4", "signatures of AWS"),
        ("remote_write[]", "azuread", "tokens of Azure"),
        ("remote_write[]", "google_iam", "tokens of Google"),
    ]

    private static let connection: [(path: String, name: String, what: String)] = [
        ("remote_write[]", "proxy_url", "a proxy"),
        ("remote_write[]", "no_proxy", "a proxy"),
        ("remote_write[]", "proxy_from_environment", "a proxy"),
        ("remote_write[]", "proxy_connect_header", "a proxy"),
        ("remote_write[]", "follow_redirects", "redirects"),
        ("remote_write[]", "enable_http2", "HTTP/2"),
        ("remote_write[]", "round_robin_dns", "a random address for each connection"),
    ]

    private static let tls: [(path: String, name: String, what: String)] = [
        ("remote_write[].tls_config", "ca", "authorities within the configuration; use ca_file"),
        ("remote_write[].tls_config", "ca_ref", "a store of secrets; use ca_file"),
        ("remote_write[].tls_config", "cert", "a client's certificate"),
        ("remote_write[].tls_config", "cert_file", "a client's certificate"),
        ("remote_write[].tls_config", "cert_ref", "a client's certificate"),
        ("remote_write[].tls_config", "key", "a client's key"),
        ("remote_write[].tls_config", "key_file", "a client's key"),
        ("remote_write[].tls_config", "key_ref", "a client's key"),
        ("remote_write[].tls_config", "server_name", "another name in the certificate"),
        ("remote_write[].tls_config", "min_version", "a choice of TLS versions"),
        ("remote_write[].tls_config", "max_version", "a choice of TLS versions"),
    ]

    private static let queue: [(path: String, name: String, what: String)] = [
        ("remote_write[].queue_config", "batch_send_deadline", "a bound of waiting; an idle wire sends at once")
    ]

    /// The keys of a mapping.
    static func under(_ path: SettingPath) -> [(name: String, what: String)] {
        var general = ""
        var isWithinItem = false
        for character in path.text {
            if character == "]" { isWithinItem = false }
            if !isWithinItem { general.append(character) }
            if character == "[" { isWithinItem = true }
        }
        return table.filter { $0.path == general }.map { ($0.name, $0.what) }
    }
}
