import Settings
import SettingsFile
import Testing

@Suite("A kubeconfig") struct KubeconfigTests {
    /// `-----BEGIN X-----`, an end of line and `x` in Base64.
    private static let pem = "LS0tLS1CRUdJTiBYLS0tLS0KeA=="
    private static let pemText = "-----BEGIN X-----\nx"

    private func read(_ text: String) throws -> Kubeconfig { try Kubeconfig(Array(text.utf8), name: "/k/config") }

    /// A file of one context, as `kubectl config view` prints it.
    private func file(cluster: String = "", user: String = "", head: String = "current-context: c") -> String {
        """
        apiVersion: v1
        kind: Config
        preferences: {}
        \(head)
        clusters:
        - name: other
          cluster: {server: "https://other"}
        - name: k
          cluster: {server: "https://k.test:6443"\(cluster.isEmpty ? "" : ", ")\(cluster)}
        contexts:
        - name: c
          context: {cluster: k, user: u, namespace: n}
        users:
        - name: u
          user: {\(user)}

        """
    }

    @Test func `the current context says which server is asked, and by whom`() throws {
        let read = try read(
            file(
                cluster: "certificate-authority: ca.crt, tls-server-name: name, extensions: []",
                user: "token: t, exec: null, as: ''"))
        #expect(read.server == "https://k.test:6443")
        var expected = ScrapeClient()
        expected.tls.caFile = "/k/ca.crt"
        expected.tls.serverName = "name"
        expected.authorization = Authorization()
        expected.authorization?.credentials = Secret("t")
        #expect(read.client == expected)
    }

    @Test func `data counts before files, and the file of a token before the token`() throws {
        let read = try read(
            file(
                cluster: "certificate-authority-data: \(Self.pem), certificate-authority: x",
                user: "client-certificate-data: \(Self.pem), client-key-data: \(Self.pem), token: t, tokenFile: /t"))
        var expected = ScrapeClient()
        (expected.tls.ca, expected.tls.cert, expected.tls.key) = (Self.pemText, Self.pemText, Secret(Self.pemText))
        expected.authorization = Authorization()
        expected.authorization?.credentialsFile = "/t"
        #expect(read.client == expected)
    }

    @Test func `certificates and keys may be in files beside it, and a user may have a password`() throws {
        let read = try read(
            file(
                cluster: "insecure-skip-tls-verify: true",
                user: "client-certificate: c/x.crt, client-key: /x.key, username: u, password: p"))
        var expected = ScrapeClient()
        (expected.tls.certFile, expected.tls.keyFile, expected.tls.insecureSkipVerify) = ("/k/c/x.crt", "/x.key", true)
        expected.basicAuth = BasicAuth()
        expected.basicAuth?.username = "u"
        expected.basicAuth?.password = Secret("p")
        #expect(read.client == expected)
    }

    @Test func `without a current context the only one counts, and without a user nothing is shown`() throws {
        let text = """
            {"contexts": [{"name": "c", "context": {"cluster": "k"}}],
             "clusters": [{"name": "k", "cluster": {"server": "http://k"}}]}
            """
        #expect(try read(text).server == "http://k")
        #expect(try read(text).client == ScrapeClient())
    }

    @Test(arguments: [
        ("", "/k/config:1:1: expected a mapping, not nothing"),
        ("[]", "/k/config:1:1: expected a mapping, not a list"),
        ("a: b", "/k/config:1:1: current-context: is missing, and there are 0 contexts"),
        ("current-context: x", "/k/config:1:1: current-context: there is no such item in contexts"),
        (
            "contexts: [{name: c, context: {cluster: k}}]",
            "/k/config:1:32: contexts[0].context.cluster: there is no such item in clusters"
        ),
        ("contexts: [{name: c, context: {}}]", "/k/config:1:22: contexts[0].context.cluster: is missing"),
    ])
    func `what leads to no server is told with its place`(text: String, problem: String) {
        let error = #expect(throws: SettingsFileError.self) { try read(text) }
        #expect(error?.description.hasPrefix(problem) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        ("", "exec: {command: aws}", "users[0].user.exec: not supported: no plugin is run; give token, tokenFile or"),
        ("", "auth-provider: {name: gcp}", "users[0].user.auth-provider: not supported: no plugin is run"),
        ("", "as: root", "users[0].user.as: not supported"),
        ("", "client-certificate: x", "users[0].user.client-key: is missing beside client-certificate"),
        ("", "client-key: x", "users[0].user.client-certificate: is missing beside client-key"),
        ("", "client-key-data: '!secret'", "users[0].user.client-key-data: expected PEM in Base64"),
        ("", "client-certificate-data: c2VjcmV0", "users[0].user.client-certificate-data: expected PEM in Base64"),
        ("", "token: t, username: u", "users[0].user.username: cannot be used beside a token"),
        ("", "token: [secret]", "users[0].user.token: expected a text, not a list"),
        ("proxy-url: 'http://p'", "", "clusters[1].cluster.proxy-url: not supported"),
        ("insecure-skip-tls-verify: maybe", "", "clusters[1].cluster.insecure-skip-tls-verify: expected true or false"),
        (
            "insecure-skip-tls-verify: true, certificate-authority: x", "",
            "clusters[1].cluster.insecure-skip-tls-verify: means that no certificate-authority is looked at"
        ),
    ])
    func `what cannot be used is told with file, place and key, and never with a secret`(
        cluster: String, user: String, problem: String
    ) {
        let error = #expect(throws: SettingsFileError.self) { try read(file(cluster: cluster, user: user)) }
        let text = error?.description ?? ""
        #expect(text.hasPrefix("/k/config:") && text.contains(": \(problem)"), "\(text)")
        #expect(!text.contains("secret"))
    }

    @Test func `a server is a URL`() {
        let error = #expect(throws: SettingsFileError.self) {
            try read(file().replacing("https://k.test:6443", with: "k.test"))
        }
        #expect(error?.description.contains("clusters[1].cluster.server: must begin with http:// or https://") == true)
    }
}
