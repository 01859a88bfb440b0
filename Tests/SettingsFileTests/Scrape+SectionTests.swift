import Settings
import Testing

@testable import SettingsFile

@Suite struct ScrapeSectionTests {
    private func file(_ text: String) throws -> SettingsFile { try SettingsFile(Array(text.utf8), name: "c.yaml") }

    @Test func `all keys are read`() throws {
        let file = try file(
            """
            scrape:
              push_gateways:
                targets:
                  - {__address__: 'pushgateway:9091', team: a}
                  - __address__: '[::1]:9091'
                kubernetes:
                  enabled: true
                  namespaces: [a, b]
                  field_selectors: [metadata.name=x]
                  label_selectors: []
                  port_name: web
                  api_server: https://k:6443
                  authorization: {credentials: t}
                  tls_config: {server_name: k}
                job_label: j
                keep_metrics: a.*
                drop_metrics: ''
                scrape_interval: 30s
                scrape_timeout: 3s
                max_cache_size: 7
                clustering: {enabled: true, replicas: 3, index: 2}
                scheme: https
                metrics_path: /m
                headers: {X-A: b}
                basic_auth: {username: u, password: p}
                tls_config: {insecure_skip_verify: true}
            """)
        var expected = PushGatewayScrape()
        expected.targets = [
            .init(address: "pushgateway:9091", labels: ["team": "a"]), .init(address: "[::1]:9091"),
        ]
        expected.kubernetes.enabled = true
        expected.kubernetes.namespaces = ["a", "b"]
        expected.kubernetes.fieldSelectors = ["metadata.name=x"]
        expected.kubernetes.labelSelectors = []
        expected.kubernetes.portName = "web"
        expected.kubernetes.apiServer = "https://k:6443"
        expected.kubernetes.client.authorization = Authorization()
        expected.kubernetes.client.authorization?.credentials = Secret("t")
        expected.kubernetes.client.tls.serverName = "k"
        (expected.jobLabel, expected.keepMetrics, expected.dropMetrics) = ("j", "a.*", "")
        (expected.scrapeInterval, expected.scrapeTimeout, expected.maxCacheSize) = (.seconds(30), .seconds(3), 7)
        expected.clustering.enabled = true
        (expected.clustering.replicas, expected.clustering.index) = (3, 2)
        (expected.scheme, expected.metricsPath) = (.https, "/m")
        expected.client.headers = [Header("X-A", Secret("b"))]
        expected.client.basicAuth = BasicAuth()
        expected.client.basicAuth?.username = "u"
        expected.client.basicAuth?.password = Secret("p")
        expected.client.tls.insecureSkipVerify = true
        #expect(file.settings.scrape.pushGateways == expected)
        #expect(file.problems(with: file.settings.contradictions) == [])
    }

    @Test(arguments: [
        ("targets: [h]", "c.yaml:1:36: scrape.push_gateways.targets[0]: expected a mapping, not a text"),
        ("targets: [~]", "c.yaml:1:36: scrape.push_gateways.targets[0]: expected a mapping, not nothing"),
        (
            "targets: [{a: b}]",
            "c.yaml:1:36: scrape.push_gateways.targets[0].__address__: is missing: host and port of the Pushgateway"
        ),
        (
            "honor_labels: true",
            "c.yaml:1:26: scrape.push_gateways.honor_labels: not supported "
                + "(pushed labels are always kept, as honor_labels: true has it)"
        ),
        (
            "scheme: ftp", "c.yaml:1:34: scrape.push_gateways.scheme: expected one of http, https, not \"ftp\""
        ),
    ])
    func `what is wrong is told with its place`(text: String, problem: String) throws {
        let file = try file("scrape: {push_gateways: {\(text)}}")
        #expect(file.problems(with: file.settings.contradictions).map(\.description) == [problem])
    }
}
