extension PushGatewayScrape {
    /// In what these settings make no sense.
    var contradictions: [Contradiction] {
        let path: SettingPath = "scrape.push_gateways"
        var result = targets.indices.flatMap { targetContradictions($0, at: path.key("targets").item($0)) }
        result += duplicateContradictions(at: path.key("targets"))
        result += kubernetes.contradictions(at: path.key("kubernetes"))
        if jobLabel.isEmpty { result.append(.init(path.key("job_label"), .empty)) }
        let times = Duration.milliseconds(1) ... .seconds(86_400)
        result += path.key("scrape_interval").check(scrapeInterval, in: times)
        result += path.key("scrape_timeout").check(scrapeTimeout, in: times)
        if scrapeTimeout > scrapeInterval {
            let error = SettingsError.exceeds(key: "scrape_interval", value: scrapeInterval.prometheusText)
            result.append(.init(path.key("scrape_timeout"), error))
        }
        result += path.key("max_cache_size").check(maxCacheSize, in: 0...10_000_000)
        if !metricsPath.hasPrefix("/") {
            result.append(.init(path.key("metrics_path"), .notAPathPrefix(metricsPath, .slashMissing)))
        }
        return result + clustering.contradictions(at: path.key("clustering")) + client.contradictions(at: path)
    }

    private func targetContradictions(_ index: Int, at path: SettingPath) -> [Contradiction] {
        let target = targets[index]
        var result: [Contradiction] = []
        if target.address.isEmpty {
            result.append(.init(path.key("__address__"), .missing(": host and port of the Pushgateway")))
        } else {
            do throws(SettingsError) {
                let url = try DestinationURL("\(scheme.rawValue)://\(target.address)")
                if url.authority != target.address { throw .urlMalformed }
            } catch {
                result.append(.init(path.key("__address__"), error))
            }
        }
        for name in target.labels.keys.sorted() where !Self.isLabelName(name) {
            result.append(.init(path.key(name), name.isEmpty ? .emptyLabelName : .notALabelName(name)))
        }
        return result
    }

    private func duplicateContradictions(at path: SettingPath) -> [Contradiction] {
        var seen: [ScrapeTargetSettings] = []
        var result: [Contradiction] = []
        for (index, target) in targets.enumerated() {
            if seen.contains(target) { result.append(.init(path.item(index), .duplicate(target.address))) }
            seen.append(target)
        }
        return result
    }

    /// Whether a target may have a label of this name: those that begin with two underscores are for discovery.
    private static func isLabelName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !name.hasPrefix("__") else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

extension KubernetesDiscovery {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result: [Contradiction] = []
        if apiServer != nil, kubeconfigFile != nil {
            result.append(.init(path.key("kubeconfig_file"), .together(["api_server", "kubeconfig_file"])))
        }
        if kubeconfigFile?.isEmpty == true { result.append(.init(path.key("kubeconfig_file"), .empty)) }
        if let apiServer {
            do throws(SettingsError) { _ = try DestinationURL(apiServer) } catch {
                result.append(.init(path.key("api_server"), error))
            }
        } else if client != ScrapeClient() {
            let key = client.authorization == nil ? "tls_config" : "authorization"
            result.append(.init(path.key(key), .needs("api_server")))
        }
        result += client.contradictions(at: path)
        if portName.isEmpty { result.append(.init(path.key("port_name"), .empty)) }
        for (key, texts) in [
            ("namespaces", namespaces), ("field_selectors", fieldSelectors), ("label_selectors", labelSelectors),
        ] {
            for (index, text) in texts.enumerated() where text.isEmpty {
                result.append(.init(path.key(key).item(index), .empty))
            }
        }
        return result
    }
}

extension Clustering {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result = path.key("replicas").check(replicas, in: 1...10_000)
        if let index, index >= replicas {
            result.append(.init(path.key("index"), .tooLarge(maximum: "\(replicas - 1), replicas less one")))
        }
        return result
    }
}

extension ScrapeClient {
    /// The keys are those of a destination, and so is what is wrong with them.
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var destination = DestinationSettings(url: "")
        destination.headers = headers
        destination.basicAuth = basicAuth
        destination.authorization = authorization
        destination.tls = tls
        return destination.clientContradictions(at: path)
    }
}
