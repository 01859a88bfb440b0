import Settings
import SettingsFile
import Testing

@testable import Status

@Suite("The configuration as the status page shows it")
struct SettingsYAMLTests {
    /// What no page may ever show.
    private static let marker = "hush-4711"

    /// A configuration that has every key.
    private static func complete(_ secret: String) -> String {
        """
        listen_address: [127.0.0.1:3030, "unix:/run/p.sock"]
        push: {pushgateway: {relabel_configs: [{source_labels: [a], regex: "x: #1", target_label: b, replacement: "$1\\n"}],
          limits: {series_per_push: 5}, route_prefixes: [/], tokens: [{token: \(secret), jobs: "a.*"}, {token_file: /dev/null}]}}
        scrape:
          push_gateways:
            targets: [{__address__: "a:1", "team": "1"}]
            clustering: {replicas: 2, index: 0}
            headers: {X-Token: \(secret)}
            basic_auth: {username: u, password: \(secret)}
            kubernetes: {api_server: "https://u:\(secret)@k.test/", authorization: {credentials: \(secret)}}
        probes: {services: [{name: a, freshness_threshold: 5s, match: {job: "1"}, metric: m}]}
        external_labels: {region: "true", "odd name": "1"}
        shutdown: {timeout: 5s}
        log: {access: true}
        remote_write:
          - url: http://user:\(secret)@far.test/write?token=\(secret)
            headers: {X-Token: \(secret)}
            http_headers: {X-Many: {values: [\(secret)], secrets: [\(secret)], files: [/dev/null]}}
            tls_config: {ca: \(secret), cert: \(secret), key: \(secret), server_name: far.test}
            proxy_url: http://u:\(secret)@proxy.test:1
            no_proxy: localhost
            proxy_connect_header: {X-Way: [\(secret)]}
            write_relabel_configs: [{action: hashmod, source_labels: [a, b], modulus: 3, target_label: c, separator: ""}]
          - {url: "http://b.test/", basic_auth: {username: u, password: \(secret)}}
          - {url: "http://b2.test/", basic_auth: {username_file: /dev/null, password_file: /dev/null}}
          - {url: "http://c.test/", authorization: {credentials: \(secret)}}
          - {url: "http://c2.test/", authorization: {credentials_file: /dev/null}}
          - {url: "http://d.test/", bearer_token: \(secret)}
          - {url: "http://d2.test/", bearer_token_file: /dev/null}
          - url: http://e.test/
            oauth2: {client_id: i, client_secret: \(secret), token_url: "http://u:\(secret)@t.test/?k=\(secret)", scopes: [s],
              endpoint_params: {p: \(secret)}, tls_config: {key: \(secret), cert: x}, proxy_url: "http://u:\(secret)@p.test",
              proxy_connect_header: {X: [\(secret)]}}
          - {url: "http://e2.test/", oauth2: {client_id: i, client_secret_file: /dev/null, token_url: "http://t.test/"}}
          - {url: "http://f.test/", sigv4: {region: r, access_key: a, secret_key: \(secret), profile: p, role_arn: r,
              external_id: e}}
          - {url: "http://g.test/", tls_config: {ca_file: /dev/null, cert_file: /dev/null, key_file: /dev/null}}

        """
    }

    private func settings(_ text: String) throws -> Settings {
        try SettingsFile(Array(text.utf8), name: "c.yaml").settings
    }

    @Test func `no secret of any kind is shown`() throws {
        let settings = try settings(Self.complete(Self.marker))
        #expect("\(settings)".contains("<secret>"))
        let yaml = settings.yaml
        #expect(!yaml.contains(Self.marker))
        #expect(yaml.matches(of: /<secret>/).count >= 18)
        var facts = StatusFacts.usual()
        facts.settings = settings
        #expect(!StatusPage.text(facts).contains(Self.marker))
        #expect(!StatusDocument.text(facts).contains(Self.marker))
    }

    @Test func `every key that a file may have is shown`() throws {
        var settings = try settings(Self.complete("x"))
        // In a file it excludes api_server.
        settings.scrape.pushGateways.kubernetes.kubeconfigFile = "/k"
        let yaml = settings.yaml
        // The other way to write a key that is shown.
        for key in SettingsFile.keys where !key.hasSuffix("freshness_threshold_seconds") {
            let name = key.split(separator: ".").last.map(String.init)?.replacing("[]", with: "") ?? key
            let isShown = yaml.contains("\(name):")
            #expect(isShown, "\(key)")
        }
    }

    @Test func `what is shown, read as a file, is the same configuration`() throws {
        var settings = try settings(Self.complete("x"))
        settings.remoteWrite = settings.remoteWrite.filter {
            $0.basicAuth?.password == nil && $0.authorization?.credentials == nil && $0.bearerToken == nil
                && $0.oauth2?.clientSecret == nil && $0.sigv4 == nil && $0.headers.isEmpty
        }
        #expect(settings.remoteWrite.count == 5)
        for index in settings.remoteWrite.indices {
            settings.remoteWrite[index].name = settings.remoteWrite[index].displayName
        }
        settings.remoteWrite[0].relabelRules = settings.push.pushgateway.relabelRules
        settings.push.pushgateway.tokens.removeFirst()
        settings.scrape.pushGateways.client = ScrapeClient()
        settings.scrape.pushGateways.kubernetes = KubernetesDiscovery()
        #expect(try self.settings(settings.yaml) == settings)
        #expect(try self.settings(Settings().yaml) == Settings())
    }

    @Test(arguments: [
        ("a/b-c.d_e", "a/b-c.d_e"), ("true", "\"true\""), ("1", "\"1\""), ("", "\"\""), ("a: b", "\"a: b\""),
        ("é\n", "\"é\\n\""), ("-x", "\"-x\""), ("NO", "\"NO\""),
    ])
    func `a text stays a text`(text: String, written: String) { #expect(YAMLText.scalar(text) == written) }
}
