public import Settings

/// Where the API server is, and how it is spoken to.
public struct KubernetesServer: Sendable {
    /// Its URL, without a slash at its end.
    public var url: String
    /// Who asks, and whom to trust.
    public var client: FetchClient

    /// Where a pod has what it needs to be known in its cluster.
    private static let account = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// The server that settings name, or that of the cluster which the process runs in.
    ///
    /// - Parameter environment: the variables of the process.
    /// - Returns: nil where it runs in none.
    public init?(_ settings: KubernetesDiscovery, environment: [String: String]) {
        if let url = settings.apiServer {
            self.init(url: url, client: FetchClient(settings.client))
            return
        }
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty else { return nil }
        let port = environment["KUBERNETES_SERVICE_PORT"] ?? "443"
        let url = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        var client = ScrapeClient()
        client.authorization = Authorization()
        client.authorization?.credentialsFile = "\(Self.account)/token"
        client.tls.caFile = "\(Self.account)/ca.crt"
        self.init(url: url, client: FetchClient(client))
    }

    /// A server of this URL.
    public init(url: String, client: FetchClient) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.client = client
    }
}
