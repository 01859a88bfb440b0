public import Settings

/// The relabelling of all destinations; those of one kind share it.
public struct Relabelings: Sendable {
    /// Each kind once; nil where series leave as they come.
    public let relabelers: [Relabeler?]
    /// For each destination the index of its kind.
    private let kinds: [Int]

    /// No relabelling and no external labels, for any number of destinations.
    public init() { (relabelers, kinds) = ([nil], []) }

    /// What settings without contradictions say.
    ///
    /// - Throws: `notARegex`.
    public init(_ settings: Settings) throws(SettingsError) {
        struct Kind: Equatable {
            var rules: [RelabelRule]
            var cacheSize: Int
        }
        let kinds = settings.remoteWrite.map { Kind(rules: $0.relabelRules, cacheSize: $0.maxCacheSize) }
        var distinct: [Kind] = []
        for kind in kinds where !distinct.contains(kind) { distinct.append(kind) }
        var relabelers: [Relabeler?] = []
        for kind in distinct {
            let chain = try RelabelChain(
                pushed: settings.push.pushgateway.relabelRules, external: settings.externalLabels, written: kind.rules)
            relabelers.append(chain.isIdle ? nil : Relabeler(chain, cacheSize: kind.cacheSize))
        }
        self.relabelers = relabelers
        self.kinds = kinds.map { distinct.firstIndex(of: $0) ?? 0 }
    }

    /// The index of a destination's relabelling.
    public func kind(ofDestination index: Int) -> Int { kinds.indices.contains(index) ? kinds[index] : 0 }
}

extension Settings {
    /// The regexes of relabelling rules and of tokens' jobs that are none.
    public var regexContradictions: [Contradiction] {
        let ofRules = relabelRules.flatMap { path, rules in
            rules.indices.map { (path.item($0).key("regex"), rules[$0].regex) }
        }
        let tokens = push.pushgateway.tokens
        let ofTokens = tokens.indices.compactMap { index in
            tokens[index].jobs.map { (SettingPath("push.pushgateway.tokens").item(index).key("jobs"), $0) }
        }
        return scrape.pushGateways.regexContradictions
            + (ofRules + ofTokens).compactMap { path, regex in
                do throws(SettingsError) {
                    _ = try Pattern(regex)
                    return nil
                } catch {
                    return Contradiction(path, error)
                }
            }
    }
}
