import Settings

extension Settings {
    /// Reads the file's keys over the defaults.
    mutating func read(_ file: inout Section) {
        file.read("listen_address", into: &listenAddress, as: .oneOrMore(of: .address))
        file.section("push") { section in
            section.section("pushgateway") { push.pushgateway.read(&$0) }
        }
        file.read("external_labels", into: &externalLabels, as: .labels)
        var destinations: [DestinationSettings] = []
        file.items("remote_write") { item in
            var destination = DestinationSettings(url: "")
            destination.read(&item)
            destinations.append(destination)
        }
        remoteWrite = destinations
        file.section("probes") { probes.read(&$0) }
        file.section("scrape") { section in
            section.section("push_gateways") { scrape.pushGateways.read(&$0) }
        }
        file.section("shutdown") { section in
            section.read("delay", into: &shutdown.delay, as: .duration)
            section.read("timeout", into: &shutdown.timeout, as: .duration)
        }
        file.section("log") { section in
            section.read("level", into: &log.level, as: .choice)
            section.read("format", into: &log.format, as: .choice)
            section.read("access", into: &log.access, as: .bool)
        }
        file.finish()
    }
}

extension Pushgateway {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("enabled", into: &enabled, as: .bool)
        section.read("route_prefixes", into: &routePrefixes, as: .list(of: .text))
        section.read("acknowledge", into: &acknowledge, as: .choice)
        section.read("acknowledge_timeout", into: &acknowledgeTimeout, as: .duration)
        section.read("timestamps", into: &timestamps, as: .choice)
        section.read("push_time_seconds", into: &pushTimeSeconds, as: .bool)
        section.read("canonical_buckets", into: &canonicalBuckets, as: .bool)
        section.read("relabel_configs", into: &relabelRules, as: .relabelRules)
        var tokens: [PushToken] = []
        section.items("tokens") { item in
            var token = PushToken()
            item.read("token", into: &token.token, as: .secret)
            item.read("token_file", into: &token.tokenFile, as: .file)
            item.read("jobs", into: &token.jobs, as: .text)
            tokens.append(token)
        }
        self.tokens = tokens
        section.section("limits") { limits.read(&$0) }
    }
}

extension Limits {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("body_size", into: &bodySize, as: .size)
        section.read("decoded_size", into: &decodedSize, as: .size)
        section.read("inflight_size", into: &inflightSize, as: .size)
        section.read("connections", into: &connections, as: .count)
        section.read("series_per_push", into: &seriesPerPush, as: .count)
        section.read("labels_per_series", into: &labelsPerSeries, as: .count)
        section.read("label_name_length", into: &labelNameLength, as: .count)
        section.read("label_value_length", into: &labelValueLength, as: .count)
    }
}

extension DestinationSettings {
    fileprivate mutating func read(_ section: inout Section) {
        section.require("url", into: &url, as: .text)
        section.read("name", into: &name, as: .text)
        section.read("required", into: &required, as: .bool)
        section.read("remote_timeout", into: &remoteTimeout, as: .duration)
        section.read("protobuf_message", into: &protobufMessage, as: .choice)
        section.read("send_exemplars", into: &sendExemplars, as: .bool)
        section.read("send_native_histograms", into: &sendNativeHistograms, as: .bool)
        section.section("metadata_config") { section in
            section.read("send", into: &metadata.send, as: .bool)
            section.read("send_interval", into: &metadata.sendInterval, as: .duration)
            section.read("max_samples_per_send", into: &metadata.maxSamplesPerSend, as: .count)
        }
        readClient(&section)
        section.read("write_relabel_configs", into: &relabelRules, as: .relabelRules)
        section.read("max_cache_size", into: &maxCacheSize, as: .count)
        section.section("queue_config") { queue.read(&$0) }
    }
}

extension Queue {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("max_queue_size", into: &maxQueueSize, as: .size)
        section.read("capacity", into: &capacity, as: .count)
        let hasBoth = section.has("min_shards") && section.has("max_shards")
        section.read("min_shards", into: &minShards, as: .count)
        section.read("max_shards", into: &maxShards, as: .count)
        // Prometheus's default is larger than ours, so that min_shards alone is no mistake.
        if hasBoth, minShards > maxShards, maxShards > 0 {
            section.refuse("min_shards", "must not exceed max_shards, which is \(maxShards)")
        }
        section.read("max_samples_per_send", into: &maxSamplesPerSend, as: .count)
        section.read("batch_send_deadline", into: &batchSendDeadline, as: .duration)
        section.read("min_backoff", into: &minBackoff, as: .duration)
        section.read("max_backoff", into: &maxBackoff, as: .duration)
        section.read("retry_on_http_429", into: &retryOnHTTP429, as: .bool)
        section.read("sample_age_limit", into: &sampleAgeLimit, as: .duration)
    }
}
