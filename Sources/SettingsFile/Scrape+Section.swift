import Settings

extension PushGatewayScrape {
    /// Reads the keys of `scrape.push_gateways`.
    mutating func read(_ section: inout Section) {
        section.read("targets", into: &targets, as: .scrapeTargets)
        section.section("kubernetes") { kubernetes.read(&$0) }
        section.read("job_label", into: &jobLabel, as: .text)
        section.read("keep_metrics", into: &keepMetrics, as: .text)
        section.read("drop_metrics", into: &dropMetrics, as: .text)
        section.read("scrape_interval", into: &scrapeInterval, as: .duration)
        section.read("scrape_timeout", into: &scrapeTimeout, as: .duration)
        section.read("max_cache_size", into: &maxCacheSize, as: .count)
        section.section("clustering") { section in
            section.read("enabled", into: &clustering.enabled, as: .bool)
            section.read("replicas", into: &clustering.replicas, as: .count)
            section.read("index", into: &clustering.index, as: .count)
        }
        section.read("scheme", into: &scheme, as: .choice)
        section.read("metrics_path", into: &metricsPath, as: .text)
        section.read("headers", into: &client.headers, as: .headers)
        section.optional("basic_auth", into: &client.basicAuth, or: BasicAuth()) { $0.read(&$1) }
        section.optional("authorization", into: &client.authorization, or: Authorization()) { $0.read(&$1) }
        section.section("tls_config") { client.tls.read(&$0) }
    }
}

extension KubernetesDiscovery {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("enabled", into: &enabled, as: .bool)
        section.read("namespaces", into: &namespaces, as: .list(of: .text))
        section.read("field_selectors", into: &fieldSelectors, as: .list(of: .text))
        section.read("label_selectors", into: &labelSelectors, as: .list(of: .text))
        section.read("port_name", into: &portName, as: .text)
        section.read("api_server", into: &apiServer, as: .text)
        section.read("kubeconfig_file", into: &kubeconfigFile, as: .kubeconfig)
        section.optional("authorization", into: &client.authorization, or: Authorization()) { $0.read(&$1) }
        section.section("tls_config") { client.tls.read(&$0) }
    }
}

extension Reading where Value == String {
    /// The path of a kubeconfig that can be used.
    fileprivate static var kubeconfig: Self {
        .init { field in
            // An empty path stays one, and is refused later.
            guard let path = Reading.file.read(field), !path.isEmpty else { return Reading.file.read(field) }
            do throws(SettingsFileError) {
                _ = try Kubeconfig(contentsOf: path)
                return path
            } catch {
                return field.refuse(error.description)
            }
        }
    }
}

extension Reading where Value == [ScrapeTargetSettings] {
    /// A list of targets; nothing is none.
    static var scrapeTargets: Self {
        .init { field in field.node.isNull ? [] : Reading.list(of: .scrapeTarget).read(field) }
    }
}

extension Reading where Value == ScrapeTargetSettings {
    /// `__address__` and labels.
    fileprivate static var scrapeTarget: Self {
        .init { field in
            guard !field.node.isNull, var labels = Reading<[String: String]>.labels.read(field) else {
                return field.node.isNull ? field.expectedShape("a mapping") : nil
            }
            let address = labels.removeValue(forKey: "__address__")
            return ScrapeTargetSettings(address: address ?? "", labels: labels)
        }
    }
}
