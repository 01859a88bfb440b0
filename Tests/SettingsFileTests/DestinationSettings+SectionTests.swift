import Settings
import Testing

@testable import SettingsFile

@Suite struct DestinationSettingsSectionTests {
    private func file(_ entry: String, environment: [String: String] = [:]) throws -> SettingsFile {
        let lines = entry.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
        return try SettingsFile(
            Array("remote_write:\n  - url: https://h/x\n\(lines)".utf8), name: "c.yaml", environment: environment)
    }

    private func destination(_ entry: String, environment: [String: String] = [:]) throws -> DestinationSettings {
        let file = try file(entry, environment: environment)
        #expect(file.problems(with: file.settings.contradictions) == [])
        return try #require(file.settings.remoteWrite.first)
    }

    private func problems(_ entry: String, environment: [String: String] = [:]) throws -> [String] {
        let file = try file(entry, environment: environment)
        return file.problems(with: file.settings.contradictions).map(\.description)
    }

    @Test func `headers reach their settings`() throws {
        let destination = try destination(
            """
            headers: {X-Scope-OrgID: team-a, X-Empty: ""}
            http_headers:
              X-Many: {values: [a, b], secrets: [c, "${NAME}"], files: [/etc/hostname]}
            proxy_url: http://u:p@proxy:3128
            no_proxy: a.example
            proxy_connect_header: {X-Pass: ["${NAME}"]}
            """, environment: ["NAME": "d"])
        #expect(destination.headers == [Header("X-Scope-OrgID", Secret("team-a")), Header("X-Empty", Secret(""))])
        var group = HeaderGroup("X-Many")
        group.values = ["a", "b"]
        group.secrets = [Secret("c"), Secret("d")]
        group.files = ["/etc/hostname"]
        #expect(destination.httpHeaders == [group])
        #expect(destination.proxy.url == Secret("http://u:p@proxy:3128"))
        #expect(destination.proxy.noProxy == "a.example")
        #expect(destination.proxy.connectHeader.map(\.name) == ["X-Pass"])
        #expect(destination.proxy.connectHeader.map(\.secrets) == [[Secret("d")]])
        #expect(try self.destination("proxy_url: ''\nno_proxy: ''").proxy == Proxy())
    }

    @Test func `each kind of authentication reaches its settings`() throws {
        let basic = try destination("basic_auth: {username: u, password_file: /etc/hostname}").basicAuth
        #expect(basic?.username == "u" && basic?.passwordFile == "/etc/hostname")
        let files = try destination("basic_auth: {username_file: /etc/hostname, password: p}").basicAuth
        #expect(files?.usernameFile == "/etc/hostname" && files?.password == Secret("p"))
        let token = try destination("authorization: {type: ' Token ', credentials: c}").authorization
        #expect(token?.type == "Token" && token?.credentials == Secret("c"))
        #expect(try destination("bearer_token: b").bearerToken == Secret("b"))
        #expect(try destination("bearer_token_file: /etc/hostname").bearerTokenFile == "/etc/hostname")
        let role = "role_arn: r, external_id: e, use_fips_sts_endpoint: true"
        let own = "sigv4: {region: r, access_key: a, secret_key: s, profile: p, \(role), service_name: n}"
        let sigv4 = try destination(own).sigv4
        #expect(sigv4?.region == "r" && sigv4?.accessKey == "a" && sigv4?.secretKey == Secret("s"))
        #expect(sigv4?.profile == "p" && sigv4?.serviceName == "n")
        #expect(sigv4?.roleARN == "r" && sigv4?.externalID == "e" && sigv4?.usesFIPSEndpoint == true)
        #expect(try destination("sigv4: {}").sigv4 == SigV4())
        #expect(try destination("sigv4:").sigv4 == nil)
    }

    @Test func `oauth2 reaches its settings`() throws {
        let oauth2 = try #require(
            try destination(
                """
                oauth2:
                  client_id: c
                  client_secret: s
                  grant_type: client_credentials
                  scopes: [a, b]
                  token_url: https://login/token
                  endpoint_params: {audience: x}
                  tls_config: {server_name: n}
                  proxy_from_environment: true
                """
            ).oauth2)
        #expect(oauth2.clientID == "c" && oauth2.clientSecret == Secret("s") && oauth2.scopes == ["a", "b"])
        #expect(oauth2.tokenURL == "https://login/token" && oauth2.tls.serverName == "n")
        #expect(oauth2.endpointParams == [Header("audience", Secret("x"))] && oauth2.proxy.fromEnvironment)
    }

    @Test func `TLS and the switches reach their settings`() throws {
        let destination = try destination(
            """
            tls_config: {ca: A, cert: C, key: K, server_name: n, min_version: TLS10, max_version: TLS12}
            follow_redirects: false
            enable_http2: true
            round_robin_dns: true
            failed_request_logging: true
            queue_config: {batch_send_deadline: 1s, min_shards: 9}
            """)
        #expect(destination.tls.ca == "A" && destination.tls.cert == "C" && destination.tls.key == Secret("K"))
        #expect(destination.tls.serverName == "n")
        #expect(destination.tls.minVersion == .tls10 && destination.tls.maxVersion == .tls12)
        #expect(!destination.followRedirects && destination.enableHTTP2)
        #expect(destination.roundRobinDNS && destination.failedRequestLogging)
        #expect(destination.queue.batchSendDeadline == .seconds(1) && destination.queue.shards == 9)
    }

    @Test func `a secret of the environment is exactly a name in braces`() throws {
        let environment = ["A_1": "secret", "EMPTY": ""]
        #expect(try destination("bearer_token: ${A_1}", environment: environment).bearerToken == Secret("secret"))
        for text in ["$A_1", "x${A_1}", "${A_1}x", "${A-1}", "${}"] {
            let token = try destination("bearer_token: '\(text)'", environment: environment).bearerToken
            #expect(token == Secret(text))
        }
        for name in ["NONE", "EMPTY"] {
            #expect(
                try problems("bearer_token: ${\(name)}", environment: environment) == [
                    "c.yaml:3:19: remote_write[0].bearer_token: the variable \(name) of the environment is not set"
                ])
        }
    }

    @Test func `a secret that is no text is not shown`() throws {
        let problems = try problems("bearer_token: [hidden]\nbasic_auth: {password: {hidden: hidden}}")
        #expect(problems.count == 2)
        #expect(problems.allSatisfy { $0.hasSuffix(": expected a text") })
    }

    @Test(arguments: [
        "authorization: Bearer hidden", "basic_auth: u:hidden", "headers: 'X-Key: hidden'", "http_headers: {X: hidden}",
        "http_headers: {X: {secrets: hidden}}", "oauth2: hidden", "sigv4: hidden", "tls_config: hidden",
        "proxy_url: http://p\nproxy_connect_header: {X: hidden}", "proxy_connect_header: hidden",
        "basic_auth: {password:hidden}", "headers: {X-Key:hidden}", "bearer_token:hidden: a",
    ])
    func `nor is one that stands where a mapping or a list belongs, or that sticks to its key`(entry: String) throws {
        let problems = try problems(entry)
        #expect(!problems.isEmpty)
        #expect(!problems.contains { $0.contains("hidden") }, "\(problems)")
    }

    @Test(arguments: [
        ("headers: {Content-Type: a}", "3:15: remote_write[0].headers.Content-Type: \"Content-Type\" is a header of"),
        ("headers: {x-amz-date: a}", "3:15: remote_write[0].headers.x-amz-date: \"x-amz-date\" is a header of"),
        ("headers: {Authorization: a}", "3:15: remote_write[0].headers.Authorization: the header Authorization is set"),
        ("headers: {'a b': a}", "3:15: remote_write[0].headers.\"a b\": is no header"),
        ("headers: {A: \"a\\r\\nB: c\"}", "3:15: remote_write[0].headers.A: is no header"),
        ("headers: {A: 1, a: 2}", "3:21: remote_write[0].headers.a: \"a\" is there twice"),
        ("http_headers: {Host: {values: [a]}}", "3:20: remote_write[0].http_headers.Host: \"Host\" is a header of"),
        (
            "http_headers: {A: {value: a}}",
            "3:24: remote_write[0].http_headers.A.value: unknown key; did you mean values"
        ),
        ("basic_auth: {username: u}\nsigv4: {}", "4:12: remote_write[0].sigv4: at most one of basic_auth, sigv4"),
        (
            "bearer_token: a\nbearer_token_file: /etc/hostname",
            "4:24: remote_write[0].bearer_token_file: at most one of"
        ),
        (
            "basic_auth: {password: p, password_file: /etc/hostname}",
            "password_file: at most one of password, password_f"
        ),
        ("basic_auth: {username_ref: p}", "3:18: remote_write[0].basic_auth.username_ref: not supported"),
        (
            "authorization: {type: BASIC, credentials: a}",
            "authorization.type: a user and a password stand in basic_auth"
        ),
        ("authorization: {type: a}", "remote_write[0].authorization.credentials: is missing, or credentials_file"),
        ("oauth2: {client_id: a, client_secret: b}", "remote_write[0].oauth2.token_url: is missing"),
        ("oauth2: {client_id: a, client_secret: b, token_url: x}", "oauth2.token_url: must begin with http://"),
        ("bearer_token: \"a\\nb\"", "3:19: remote_write[0].bearer_token: is no header"),
        ("authorization: {credentials: ''}", "authorization.credentials: must not be empty"),
        ("sigv4: {access_key: a}", "remote_write[0].sigv4.access_key: means nothing without secret_key"),
        ("sigv4: {external_id: a}", "3:26: remote_write[0].sigv4.external_id: means nothing without role_arn"),
        ("sigv4: {role_arn: ''}", "3:23: remote_write[0].sigv4.role_arn: must not be empty"),
        ("tls_config: {ca: a, ca_file: /etc/hostname}", "tls_config.ca_file: at most one of ca, ca_file can be used"),
        ("tls_config: {cert: a}", "remote_write[0].tls_config.cert: means nothing without key or key_file"),
        ("tls_config: {key_file: /etc/hostname}", "tls_config.key_file: means nothing without cert or cert_file"),
        (
            "tls_config: {min_version: TLS13, max_version: TLS12}",
            "min_version: must not exceed max_version, which is TLS12"
        ),
        ("tls_config: {min_version: TLS14}", "min_version: expected one of TLS10, TLS11, TLS12, TLS13"),
        ("proxy_url: ftp://a", "3:16: remote_write[0].proxy_url: must be the URL of a proxy"),
        ("no_proxy: a", "remote_write[0].no_proxy: means nothing without proxy_url"),
        ("proxy_url: http://a\nproxy_from_environment: true", "proxy_from_environment: at most one of proxy_url,"),
        ("proxy_connect_header: {a: [b]}", "proxy_connect_header: means nothing without proxy_url"),
        ("bearer_token_file: /nowhere", "bearer_token_file: \"/nowhere\" cannot be read: No such file"),
        (
            "queue_config: {min_shards: 5, max_shards: 4}",
            "queue_config.min_shards: must not exceed max_shards, which is 4"
        ),
        ("queue_config: {batch_send_deadline: 0s}", "batch_send_deadline: must be at least 1ms"),
    ])
    func `what is wrong is told with its place`(entry: String, words: String) throws {
        let problems = try problems(entry)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("c.yaml:") == true)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test func `user and password in the URL are a kind of authentication`() throws {
        let text = "remote_write:\n  - url: https://u:hidden@h/x\n    bearer_token: hidden"
        let file = try SettingsFile(Array(text.utf8), name: "c.yaml")
        #expect(
            file.problems(with: file.settings.contradictions).map(\.description) == [
                "c.yaml:3:19: remote_write[0].bearer_token: at most one of user and password in the url, bearer_token"
                    + " can be used"
            ])
    }
}
