import Testing

@testable import Settings

@Suite struct ScrapeTests {
    private func problems(_ change: (inout PushGatewayScrape) -> Void) -> [String] {
        var settings = Settings()
        change(&settings.scrape.pushGateways)
        return settings.contradictions.map(\.description)
    }

    @Test func `nothing is scraped by default`() {
        #expect(!PushGatewayScrape().isEnabled)
        #expect(problems { _ in } == [])
    }

    @Test(arguments: ["h:9091", "10.0.0.1:9091", "[::1]:9091", "gateway"])
    func `an address is a host, and mostly a port`(address: String) {
        #expect(problems { $0.targets = [.init(address: address)] } == [])
    }

    @Test(arguments: ["h:9091/path", "user@h:1", "h:port", "http://h:1", "h 1"])
    func `what is more than an address is refused`(address: String) {
        let problems = problems { $0.targets = [.init(address: address)] }
        #expect(problems == ["scrape.push_gateways.targets[0].__address__: \(SettingsError.urlMalformed)"])
    }

    @Test func `a target needs an address and labels with names, and stands there once`() {
        let target = ScrapeTargetSettings(address: "h:1", labels: ["a": "b"])
        #expect(
            problems {
                $0.targets = [
                    .init(address: ""), target, target, .init(address: "i:1", labels: ["__x": "1", "1a": ""]),
                ]
            } == [
                "scrape.push_gateways.targets[0].__address__: is missing: host and port of the Pushgateway",
                "scrape.push_gateways.targets[3].1a: \(SettingsError.notALabelName("1a"))",
                "scrape.push_gateways.targets[3].__x: \(SettingsError.notALabelName("__x"))",
                "scrape.push_gateways.targets[2]: \"h:1\" is there twice",
            ])
    }

    @Test func `times, sizes and paths are checked`() {
        #expect(
            problems {
                $0.scrapeInterval = .seconds(5)
                $0.metricsPath = "metrics"
                $0.jobLabel = ""
                $0.clustering.replicas = 2
                $0.clustering.index = 2
                $0.client.headers = [Header("Host", Secret("x"))]
                $0.kubernetes.portName = ""
                $0.kubernetes.labelSelectors = ["a", ""]
            } == [
                "scrape.push_gateways.kubernetes.port_name: must not be empty",
                "scrape.push_gateways.kubernetes.label_selectors[1]: must not be empty",
                "scrape.push_gateways.job_label: must not be empty",
                "scrape.push_gateways.scrape_timeout: must not exceed scrape_interval, which is 5s",
                "scrape.push_gateways.metrics_path: a path prefix begins with a slash, unlike \"metrics\"",
                "scrape.push_gateways.clustering.index: must be at most 1, replicas less one",
                "scrape.push_gateways.headers.Host: \(SettingsError.reservedHeader("Host"))",
            ])
    }

    @Test func `credentials for an API server need its URL`() {
        #expect(
            problems { $0.kubernetes.client.tls.insecureSkipVerify = true }
                == ["scrape.push_gateways.kubernetes.tls_config: means nothing without api_server"])
        #expect(
            problems { $0.kubernetes.apiServer = "kubernetes:6443" }
                == ["scrape.push_gateways.kubernetes.api_server: must begin with http:// or https://"])
    }
}
