import Settings
import SettingsFile
import Testing

@Suite("The keys of exporter-toolkit's file")
struct WebSettingsSectionTests {
    private static let hash = "$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG"

    @Test func `every key reaches its setting`() throws {
        let file = try WebSettingsFile(
            Array(
                """
                tls_server_config:
                  cert: CERT
                  key: KEY
                  client_ca: CA
                  client_auth_type: RequireAndVerifyClientCert
                  client_allowed_sans: [a, b]
                  min_version: TLS13
                  max_version: TLS13
                  cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
                  curve_preferences: [X25519, CurveP256]
                  prefer_server_cipher_suites: false
                http_server_config:
                  http2: false
                  headers: {X-Frame-Options: deny, Content-Security-Policy: a, X-XSS-Protection: ''}
                basic_auth_users: {ann: \(Self.hash)}
                rate_limit: {interval: 100ms, burst: 5}
                """.utf8), name: "web.yml")
        #expect(file.problems == [])
        var tls = ServerTLS()
        (tls.certificate, tls.key) = (.text(Secret("CERT")), .text(Secret("KEY")))
        (tls.clientAuthorities, tls.clientAuthentication) = (.text(Secret("CA")), .requireAndVerify)
        (tls.clientAllowedNames, tls.minVersion) = (["a", "b"], .tls13)
        (tls.cipherSuites, tls.curves) = ([.rsaAES128GCM], [.x25519, .p256])
        var expected = WebSettings()
        expected.tls = tls
        expected.headers = [.init(.frameOptions, "deny"), .init(.contentSecurityPolicy, "a")]
        expected.users = ["ann": try BcryptHash(parsing: Self.hash)]
        expected.rateLimit = RateLimit(interval: .milliseconds(100), burst: 5)
        #expect(file.settings == expected)
        #expect(file.settings.tls?.files == [])
    }

    @Test(arguments: [
        "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "RequireClientCert", "VerifyClientCertIfGiven",
        "RequireAndVerifyClientCert",
    ])
    func `each of Go's ways to authenticate a client`(way: String) throws {
        let text = "tls_server_config: {cert: a, key: b, client_auth_type: \(way)}"
        let file = try WebSettingsFile(Array(text.utf8), name: "web.yml")
        #expect(file.problems == [])
        #expect(file.settings.tls?.clientAuthentication.rawValue == way)
    }

    @Test(arguments: [
        ("{min_version: TLS12}", "1:20: tls_server_config: cert_file or cert is missing"),
        ("{cert: a}", "1:20: tls_server_config: key_file or key is missing"),
        (
            "{cert: a, cert_file: /etc/passwd, key: b}",
            "1:27: tls_server_config.cert: at most one of cert, cert_file can be used"
        ),
        (
            "{cert: a, key: b, client_ca: c}",
            "1:20: tls_server_config: client authorities mean nothing without client_auth_type"
        ),
        (
            "{cert: a, key: b, client_auth_type: VerifyClientCertIfGiven, client_allowed_sans: [a]}",
            "1:102: tls_server_config.client_allowed_sans: needs client_auth_type RequireAndVerifyClientCert or "
                + "RequireAnyClientCert: others have no certificate"
        ),
        (
            "{cert: a, key: b, min_version: TLS13, max_version: TLS12}",
            "1:51: tls_server_config.min_version: must not exceed max_version, which is TLS12"
        ),
        (
            "{cert: a, key: b, prefer_server_cipher_suites: true}",
            "1:67: tls_server_config.prefer_server_cipher_suites: not supported (of cipher_suites the client's preference "
                + "counts, as with false)"
        ),
        (
            "{cert: a, key: b, cipher_suites: [TLS_AES_128_GCM_SHA256]}",
            "1:54: tls_server_config.cipher_suites[0]: not supported (the suites of TLS 1.3 are always there)"
        ),
        (
            "{cert: a, key: b, cipher_suits: []}",
            "1:38: tls_server_config.cipher_suits: unknown key; did you mean cipher_suites?"
        ),
        (
            "{cert: a, key: b, client_auth_type: Any}",
            "1:56: tls_server_config.client_auth_type: expected one of NoClientCert, RequestClientCert, "
                + "RequireAnyClientCert, RequireClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert, not \"Any\""
        ),
    ])
    func `what is wrong with tls_server_config is told with its place`(text: String, problem: String) throws {
        let file = try WebSettingsFile(Array("tls_server_config: \(text)".utf8), name: "web.yml")
        #expect(file.problems.map(\.description).contains("web.yml:\(problem)"), "\(file.problems)")
    }

    @Test(arguments: [
        (
            "http_server_config: {http2: true}",
            "1:29: http_server_config.http2: not supported (the server speaks HTTP/1.1, as with false)"
        ),
        (
            "http_server_config: {headers: {X-Frame-Options: none}}",
            "1:49: http_server_config.headers.X-Frame-Options: expected one of deny, sameorigin, not \"none\""
        ),
        (
            "http_server_config: {headers: {Server: x}}",
            "1:40: http_server_config.headers.Server: this header cannot be set; possible here: Content-Security-Policy, "
                + "X-Frame-Options, X-Content-Type-Options, X-XSS-Protection, Strict-Transport-Security"
        ),
        (
            "http_server_config: {headers: {X-XSS-Protection: \"a\\r\\nb: c\"}}",
            "1:50: http_server_config.headers.X-XSS-Protection: is no header: a value has one line of ASCII"
        ),
        ("rate_limit: {interval: 1s}", "1:13: rate_limit: burst must be at least 1, or no request ever comes in"),
        ("rate_limit: {burst: 5}", "1:21: rate_limit.burst: means nothing without interval"),
        (
            "basic_auth_users: {ann: letmein}",
            "1:25: basic_auth_users.ann: is no bcrypt hash: $2y$, $2b$ or $2a$, a cost from 04 to 20 and 53 characters, as "
                + "htpasswd -nBC 10 USER prints"
        ),
        (
            "basic_auth_users: {'a:b': x}",
            "1:27: basic_auth_users.a:...: a user's name has no colon, which ends it in a request"
        ),
        (
            "probes: []",
            "1:1: probes: unknown key; possible here: tls_server_config, http_server_config, basic_auth_users, rate_limit"
        ),
    ])
    func `what is wrong elsewhere is told with its place`(text: String, problem: String) throws {
        let file = try WebSettingsFile(Array(text.utf8), name: "web.yml")
        #expect(file.problems.map(\.description).contains("web.yml:\(problem)"), "\(file.problems)")
    }

    @Test func `an interval of 0 is no limit`() throws {
        let file = try WebSettingsFile(Array("rate_limit: {interval: 0, burst: 3}".utf8), name: "web.yml")
        #expect(file.problems == [])
        #expect(file.settings.rateLimit == nil)
    }
}
