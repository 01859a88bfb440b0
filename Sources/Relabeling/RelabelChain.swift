import Settings

/// All that befalls a series on its way out: the rules for pushes, external labels, the rules of a destination.
struct RelabelChain: Sendable {
    private let pushed: [CompiledRule]
    private let external: [LabelSet.Label]
    private let written: [CompiledRule]

    /// Compiles rules in which there is no contradiction.
    ///
    /// - Throws: `notARegex`.
    init(pushed: [RelabelRule], external: [String: String], written: [RelabelRule]) throws(SettingsError) {
        self.pushed = try Self.compile(pushed)
        self.external = external.filter { !$0.value.isEmpty }.map {
            LabelSet.Label(name: Array($0.key.utf8), value: Array($0.value.utf8))
        }
        self.written = try Self.compile(written)
    }

    private static func compile(_ rules: [RelabelRule]) throws(SettingsError) -> [CompiledRule] {
        var compiled: [CompiledRule] = []
        for rule in rules { compiled.append(try CompiledRule(rule)) }
        return compiled
    }

    /// Whether series leave as they come.
    var isIdle: Bool { hasNoRules && fixed.isEmpty }

    /// Whether there are no rules.
    var hasNoRules: Bool { pushed.isEmpty && written.isEmpty }

    /// The external labels that leave with every series that has none of these names.
    var fixed: [LabelSet.Label] { external.filter { !LabelSet.isInternal($0.name) } }

    /// Takes the labels of a series through the chain; false where the series is dropped.
    ///
    /// Labels whose names begin with two underscores go from the first rule to the last, and no further; a series
    /// that is left without a name is dropped.
    func run(_ labels: inout LabelSet) -> Bool {
        for rule in pushed where !rule.apply(to: &labels) { return false }
        for label in external where labels[label.name].isEmpty { labels.set(label.name, to: label.value) }
        for rule in written where !rule.apply(to: &labels) { return false }
        labels.removeInternal()
        return !labels[LabelSet.metricName].isEmpty
    }
}
