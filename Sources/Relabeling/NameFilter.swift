public import Settings

/// Which metrics are kept, by their names.
public struct NameFilter: Sendable {
    private let kept: Pattern
    private let dropped: Pattern?

    /// The filter of `keep_metrics` and `drop_metrics`, each a regular expression that matches a whole name.
    ///
    /// - Throws: `notARegex`.
    public init(_ settings: PushGatewayScrape) throws(SettingsError) {
        // No name is empty.
        kept = try Pattern(settings.keepMetrics == "(.+)" ? RelabelRule.anything : settings.keepMetrics)
        dropped = settings.dropMetrics.isEmpty ? nil : try Pattern(settings.dropMetrics)
    }

    /// Whether metrics of this name are kept.
    public func keeps(_ name: [UInt8]) -> Bool { kept.matches(name) && dropped?.matches(name) != true }
}

extension PushGatewayScrape {
    /// The regexes that are none.
    var regexContradictions: [Contradiction] {
        [("keep_metrics", keepMetrics), ("drop_metrics", dropMetrics)].compactMap { key, regex in
            do throws(SettingsError) {
                _ = try Pattern(regex)
                return nil
            } catch {
                return Contradiction("scrape.push_gateways.\(key)", error)
            }
        }
    }
}
