import Settings

// The configuration in force, for people: every key with its value, but for secrets.
extension Settings {
    /// The configuration as a file would have it; secrets, and values of headers, are `<secret>`.
    var yaml: String {
        var yaml = YAMLText()
        yaml.add(list: "listen_address", listenAddress.map(\.description))
        yaml.section("push") { yaml in
            yaml.section("pushgateway") { push.pushgateway.write(to: &$0) }
        }
        yaml.section("external_labels") { $0.add(labels: externalLabels) }
        yaml.items("remote_write", remoteWrite) { $1.write(to: &$0) }
        yaml.section("probes") { yaml in
            yaml.items("services", probes.services) { $1.write(to: &$0) }
        }
        yaml.section("scrape") { yaml in
            yaml.section("push_gateways") { scrape.pushGateways.write(to: &$0) }
        }
        yaml.section("shutdown") { yaml in
            yaml.add("delay", shutdown.delay)
            yaml.add("timeout", shutdown.timeout)
        }
        yaml.section("log") { yaml in
            yaml.add("level", log.level.rawValue)
            yaml.add("format", log.format.rawValue)
            yaml.add("access", log.access)
        }
        return yaml.text
    }
}

extension Pushgateway {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add("enabled", enabled)
        yaml.add(list: "route_prefixes", routePrefixes)
        yaml.add("acknowledge", acknowledge.rawValue)
        yaml.add("acknowledge_timeout", acknowledgeTimeout)
        yaml.add("timestamps", timestamps.rawValue)
        yaml.add("push_time_seconds", pushTimeSeconds)
        yaml.add("canonical_buckets", canonicalBuckets)
        yaml.items("relabel_configs", relabelRules) { $1.write(to: &$0) }
        yaml.items("tokens", tokens) { $1.write(to: &$0) }
        yaml.section("limits") { limits.write(to: &$0) }
    }
}

extension PushToken {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add(secret: "token", token)
        yaml.add(text: "token_file", tokenFile)
        yaml.add(text: "jobs", jobs)
    }
}

extension ProbedService {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add(text: "name", name)
        yaml.add("freshness_threshold", freshnessThreshold)
        if let labels { yaml.section("match") { $0.add(labels: labels) } }
        yaml.add(text: "metric", metric)
    }
}

extension Limits {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add("body_size", bodySize)
        yaml.add("decoded_size", decodedSize)
        yaml.add("inflight_size", inflightSize)
        yaml.add("connections", connections)
        yaml.add("series_per_push", seriesPerPush)
        yaml.add("labels_per_series", labelsPerSeries)
        yaml.add("label_name_length", labelNameLength)
        yaml.add("label_value_length", labelValueLength)
    }
}

extension RelabelRule {
    /// What the rule sets; the rest has its default.
    func write(to yaml: inout YAMLText) {
        let usual = RelabelRule()
        yaml.add("action", action.rawValue)
        if sourceLabels != usual.sourceLabels { yaml.add(list: "source_labels", sourceLabels) }
        if separator != usual.separator { yaml.add(text: "separator", separator) }
        if regex != usual.regex { yaml.add(text: "regex", regex) }
        if modulus != usual.modulus { yaml.add("modulus", modulus) }
        if targetLabel != usual.targetLabel { yaml.add(text: "target_label", targetLabel) }
        if replacement != usual.replacement { yaml.add(text: "replacement", replacement) }
    }
}
