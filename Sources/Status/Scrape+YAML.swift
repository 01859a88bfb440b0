import Settings

// What is scraped, for people; secrets are `<secret>`.
extension PushGatewayScrape {
    func write(to yaml: inout YAMLText) {
        yaml.items("targets", targets) { yaml, target in
            yaml.add(text: "__address__", target.address)
            yaml.add(labels: target.labels)
        }
        yaml.section("kubernetes") { kubernetes.write(to: &$0) }
        yaml.add(text: "job_label", jobLabel)
        yaml.add(text: "keep_metrics", keepMetrics)
        yaml.add(text: "drop_metrics", dropMetrics)
        yaml.add("scrape_interval", scrapeInterval)
        yaml.add("scrape_timeout", scrapeTimeout)
        yaml.add("max_cache_size", maxCacheSize)
        yaml.section("clustering") { yaml in
            yaml.add("enabled", clustering.enabled)
            yaml.add("replicas", clustering.replicas)
            if let index = clustering.index { yaml.add("index", index) }
        }
        yaml.add("scheme", scheme.rawValue)
        yaml.add(text: "metrics_path", metricsPath)
        client.write(to: &yaml)
    }
}

extension KubernetesDiscovery {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add("enabled", enabled)
        yaml.add(list: "namespaces", namespaces)
        yaml.add(list: "field_selectors", fieldSelectors)
        yaml.add(list: "label_selectors", labelSelectors)
        yaml.add(text: "port_name", portName)
        yaml.add(text: "api_server", apiServer.flatMap { try? DestinationURL($0) }?.redacted)
        yaml.add(text: "kubeconfig_file", kubeconfigFile)
        client.write(to: &yaml)
    }
}

extension ScrapeClient {
    fileprivate func write(to yaml: inout YAMLText) {
        if !headers.isEmpty { yaml.section("headers") { $0.add(headers) } }
        if let basicAuth { yaml.section("basic_auth") { basicAuth.write(to: &$0) } }
        if let authorization { yaml.section("authorization") { authorization.write(to: &$0) } }
        if tls != TLS() { yaml.section("tls_config") { tls.write(to: &$0) } }
    }
}
