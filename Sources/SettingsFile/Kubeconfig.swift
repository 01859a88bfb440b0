import Bytes
public import Settings

/// A file of `kubectl`, as far as it says where an API server is and how it is spoken to: what its current context means.
///
/// Its files are relative to its own folder. What would have to be run (`exec`, `auth-provider`), proxies and other
/// identities (`as`) are refused; the context's namespace says nothing here.
public struct Kubeconfig: Sendable, Equatable {
    /// The URL of the API server.
    public let server: String
    /// Who asks, and whom to trust.
    public let client: ScrapeClient

    /// Reads a file.
    public init(contentsOf path: String) throws(SettingsFileError) {
        try self.init(try SettingsFile.text(of: path), name: path)
    }

    /// Reads the text of a file.
    ///
    /// - Parameter name: the file's path.
    public init(_ text: [UInt8], name: String) throws(SettingsFileError) {
        let root = try SettingsFile.tree(of: text, name: name)
        do throws(Problem) {
            self = try Self(KubeconfigSection(root, file: name))
        } catch {
            throw .malformed(error)
        }
    }

    private init(_ root: KubeconfigSection) throws(Problem) {
        let context = try Self.context(of: root)
        guard let cluster = try context.text("cluster") else { throw context.flaw("cluster", "is missing") }
        let clusterSection = try root.item(of: "clusters", named: cluster, "cluster", as: context)
        var client = ScrapeClient()
        server = try Self.server(of: clusterSection)
        client.tls = try Self.trust(of: clusterSection)
        if let user = try context.text("user") {
            try Self.read(try root.item(of: "users", named: user, "user", as: context), into: &client)
        }
        self.client = client
    }

    /// The current context, or, where none is said to be, the only one.
    private static func context(of root: KubeconfigSection) throws(Problem) -> KubeconfigSection {
        if let name = try root.text("current-context") {
            return try root.item(of: "contexts", named: name, "context", as: root)
        }
        let all = try root.items(of: "contexts")
        guard let only = all.first, all.count == 1 else {
            throw root.flaw("current-context", "is missing, and there are \(all.count) contexts")
        }
        return try only.section("context")
    }

    private static func server(of cluster: KubeconfigSection) throws(Problem) -> String {
        guard let server = try cluster.text("server") else { throw cluster.flaw("server", "is missing") }
        do throws(SettingsError) {
            _ = try DestinationURL(server)
            return server
        } catch {
            throw cluster.flaw("server", error.description)
        }
    }

    private static func trust(of cluster: KubeconfigSection) throws(Problem) -> TLS {
        try cluster.refuse("proxy-url", "not supported: the API server is asked without a proxy")
        var tls = TLS()
        tls.ca = try cluster.pem("certificate-authority-data")
        if tls.ca == nil { tls.caFile = try cluster.file("certificate-authority") }
        tls.insecureSkipVerify = try cluster.flag("insecure-skip-tls-verify")
        tls.serverName = try cluster.text("tls-server-name")
        if tls.insecureSkipVerify, tls.ca != nil || tls.caFile != nil {
            throw cluster.flaw("insecure-skip-tls-verify", "means that no certificate-authority is looked at")
        }
        return tls
    }

    private static func read(_ user: KubeconfigSection, into client: inout ScrapeClient) throws(Problem) {
        let plugin = "not supported: no plugin is run; give token, tokenFile or client-certificate"
        try user.refuse("exec", plugin)
        try user.refuse("auth-provider", plugin)
        for key in ["as", "as-uid", "as-groups", "as-user-extra"] {
            try user.refuse(key, "not supported: the API server is asked as the user itself")
        }
        try readCertificate(user, into: &client.tls)
        let (token, file) = (try user.text("token"), try user.file("tokenFile"))
        if token != nil || file != nil {
            var authorization = Authorization()
            // As kubectl has it, the file counts.
            authorization.credentials = file == nil ? token.map(Secret.init) : nil
            authorization.credentialsFile = file
            client.authorization = authorization
        }
        let (name, password) = (try user.text("username"), try user.text("password"))
        guard name != nil || password != nil else { return }
        guard client.authorization == nil else { throw user.flaw("username", "cannot be used beside a token") }
        var basic = BasicAuth()
        basic.username = name
        basic.password = password.map(Secret.init)
        client.basicAuth = basic
    }

    private static func readCertificate(_ user: KubeconfigSection, into tls: inout TLS) throws(Problem) {
        tls.cert = try user.pem("client-certificate-data")
        if tls.cert == nil { tls.certFile = try user.file("client-certificate") }
        tls.key = try user.pem("client-key-data").map(Secret.init)
        if tls.key == nil { tls.keyFile = try user.file("client-key") }
        let (hasCertificate, hasKey) = (tls.cert != nil || tls.certFile != nil, tls.key != nil || tls.keyFile != nil)
        if hasCertificate, !hasKey { throw user.flaw("client-key", "is missing beside client-certificate") }
        if hasKey, !hasCertificate { throw user.flaw("client-certificate", "is missing beside client-key") }
    }
}
