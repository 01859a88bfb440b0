extension Settings {
    /// Everything in which these settings make no sense, in the order of the documentation.
    ///
    /// That no destination is given is none: only who wants to deliver needs one.
    public var contradictions: [Contradiction] {
        listenContradictions + push.pushgateway.contradictions + externalLabelContradictions
            + destinationContradictions + probes.contradictions(at: "probes") + scrape.pushGateways.contradictions
            + shutdownContradictions
    }

    private var externalLabelContradictions: [Contradiction] {
        externalLabels[""] == nil ? [] : [.init("external_labels", .emptyLabelName)]
    }

    private var listenContradictions: [Contradiction] {
        guard !listenAddress.isEmpty else { return [.init("listen_address", .empty)] }
        return listenAddress.duplicates.map { .init("listen_address[\($0)]", .duplicate("\(listenAddress[$0])")) }
    }

    private var destinationContradictions: [Contradiction] {
        // What has no URL has no name either, and is a contradiction already.
        let names = remoteWrite.map(\.givenOrMadeName)
        return remoteWrite.indices.flatMap { remoteWrite[$0].contradictions(at: "remote_write[\($0)]") }
            + requiredContradictions
            + names.duplicates.compactMap { index in
                names[index].map { .init("remote_write[\(index)].name", .duplicate($0)) }
            }
    }

    /// Somebody has to have stored a push that is answered 200.
    private var requiredContradictions: [Contradiction] {
        guard !remoteWrite.isEmpty, !remoteWrite.contains(where: \.required) else { return [] }
        return [.init("remote_write[0].required", .noneRequired)]
    }

    private var shutdownContradictions: [Contradiction] {
        let path: SettingPath = "shutdown"
        let times = Duration.zero ... .seconds(86_400)
        return path.key("delay").check(shutdown.delay, in: times)
            + path.key("timeout").check(shutdown.timeout, in: times)
    }
}

extension Pushgateway {
    fileprivate var contradictions: [Contradiction] {
        prefixContradictions
            + SettingPath("push.pushgateway.acknowledge_timeout")
            .check(acknowledgeTimeout, in: .milliseconds(1) ... .seconds(3600))
            + relabelRules.contradictions(at: "push.pushgateway.relabel_configs")
            + tokens.contradictions(at: "push.pushgateway.tokens") + limits.contradictions
    }

    private var prefixContradictions: [Contradiction] {
        let path: SettingPath = "push.pushgateway.route_prefixes"
        guard !routePrefixes.isEmpty else { return [.init(path, .empty)] }
        let malformed = routePrefixes.indices.compactMap { index in
            Self.flaw(ofPrefix: routePrefixes[index]).map { Contradiction(path.item(index), $0) }
        }
        return malformed + routePrefixes.duplicates.map { .init(path.item($0), .duplicate(routePrefixes[$0])) }
    }

    private static func flaw(ofPrefix prefix: String) -> SettingsError? {
        guard prefix.hasPrefix("/") else { return .notAPathPrefix(prefix, .slashMissing) }
        guard prefix == "/" || (!prefix.hasSuffix("/") && !prefix.contains("//")) else {
            return .notAPathPrefix(prefix, .slashSuperfluous)
        }
        let isPath = prefix.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/-._~!$&'()*+,;=:@".utf8.contains(byte)
            }
        }
        return isPath ? nil : .notAPathPrefix(prefix, .character)
    }
}

extension Limits {
    fileprivate var contradictions: [Contradiction] {
        let path: SettingPath = "push.pushgateway.limits"
        // Ranges in a batch are of 32 bits, over the body and what its escapes turned into.
        let sizes = ByteSize.bytes(1)...ByteSize.gibibytes(1)
        var result = path.key("body_size").check(bodySize, in: sizes)
        result += path.key("decoded_size").check(decodedSize, in: sizes)
        result += path.key("connections").check(connections, in: 1...1_000_000)
        if bodySize > decodedSize {
            result.append(.init(path.key("body_size"), .exceeds(key: "decoded_size", value: "\(decodedSize)")))
        }
        // The largest push, as it came and decoded, has to fit, or it would be asked to come again for ever.
        let largest = ByteSize(bytes: min(bodySize, sizes.upperBound).bytes + min(decodedSize, sizes.upperBound).bytes)
        if inflightSize < largest {
            let minimum = "\(largest), body_size and decoded_size together"
            result.append(.init(path.key("inflight_size"), .tooSmall(minimum: minimum)))
        }
        return result
    }
}

extension DestinationSettings {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result: [Contradiction] = []
        do throws(SettingsError) { _ = try DestinationURL(url) } catch { result.append(.init(path.key("url"), error)) }
        if let name, name.isEmpty || name.utf8.count > 128 || name.unicodeScalars.contains(where: \.isControl) {
            result.append(.init(path.key("name"), .notAName))
        }
        result += path.key("remote_timeout").check(remoteTimeout, in: .milliseconds(1) ... .seconds(86_400))
        result += path.key("metadata_config").key("send_interval")
            .check(metadata.sendInterval, in: .milliseconds(1) ... .seconds(86_400))
        result += path.key("metadata_config").key("max_samples_per_send")
            .check(metadata.maxSamplesPerSend, in: 1...1_000_000)
        result += clientContradictions(at: path)
        result += relabelRules.contradictions(at: path.key("write_relabel_configs"))
        result += path.key("max_cache_size").check(maxCacheSize, in: 0...1_000_000)
        return result + queue.contradictions(at: path.key("queue_config"))
    }
}

extension Queue {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        let backoffs = Duration.milliseconds(1) ... .seconds(86_400)
        var result = path.key("max_queue_size").check(maxQueueSize, in: .bytes(1) ... .bytes(.max))
        result += path.key("max_shards").check(maxShards, in: 1...1024)
        result += path.key("min_shards").check(minShards, in: 1...1024)
        result += path.key("max_samples_per_send").check(maxSamplesPerSend, in: 1...1_000_000)
        result += path.key("batch_send_deadline").check(batchSendDeadline, in: backoffs)
        result += path.key("min_backoff").check(minBackoff, in: backoffs)
        result += path.key("max_backoff").check(maxBackoff, in: backoffs)
        if minBackoff > maxBackoff {
            let error = SettingsError.exceeds(key: "max_backoff", value: maxBackoff.prometheusText)
            result.append(.init(path.key("min_backoff"), error))
        }
        return result
    }
}

extension SettingPath {
    func check(_ value: Duration, in range: ClosedRange<Duration>) -> [Contradiction] {
        check(value, in: range, writing: \.prometheusText)
    }

    func check<Value: Comparable & CustomStringConvertible>(
        _ value: Value, in range: ClosedRange<Value>
    ) -> [Contradiction] {
        check(value, in: range, writing: \.description)
    }

    private func check<Value: Comparable>(
        _ value: Value, in range: ClosedRange<Value>, writing text: (Value) -> String
    ) -> [Contradiction] {
        if value < range.lowerBound { return [.init(self, .tooSmall(minimum: text(range.lowerBound)))] }
        if value > range.upperBound { return [.init(self, .tooLarge(maximum: text(range.upperBound)))] }
        return []
    }
}

extension Array where Element: Hashable {
    /// The indices of the elements that stood there before.
    fileprivate var duplicates: [Int] {
        var seen: Set<Element> = []
        return indices.filter { !seen.insert(self[$0]).inserted }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
