extension RelabelRule {
    /// Everything in which a rule makes no sense, but for its regex: only who has RE2 knows about that.
    ///
    /// The same as Prometheus with names of UTF-8, its default: any name but an empty one is a label's.
    func contradictions(at path: SettingPath) -> [Contradiction] {
        var result = sourceLabels.indices.filter { sourceLabels[$0].isEmpty }.map { index in
            Contradiction(path.key("source_labels").item(index), .empty)
        }
        if needsTarget, targetLabel.isEmpty {
            result.append(.init(path.key("target_label"), .neededBy(action: action.rawValue)))
        }
        if action == .hashmod, modulus == 0 {
            result.append(.init(path.key("modulus"), .neededBy(action: action.rawValue)))
        }
        if action == .labelmap, replacement.isEmpty {
            result.append(.init(path.key("replacement"), .neededBy(action: action.rawValue)))
        }
        return result
            + surplus.map { .init(path.key($0), .uselessFor(action: action.rawValue)) }
    }

    private var needsTarget: Bool {
        switch action {
        case .replace, .hashmod, .lowercase, .uppercase, .keepequal, .dropequal: true
        case .keep, .drop, .labelmap, .labeldrop, .labelkeep: false
        }
    }

    /// The keys that have another value than the default and mean nothing to the action.
    private var surplus: [String] {
        let given: [(key: String, isGiven: Bool)] = [
            ("source_labels", !sourceLabels.isEmpty), ("separator", separator != ";"),
            ("regex", regex != Self.anything),
            ("modulus", modulus != 0), ("target_label", !targetLabel.isEmpty),
            ("replacement", replacement != Self.firstGroup),
        ]
        let useless: Set<String> =
            switch action {
            case .labeldrop, .labelkeep: ["source_labels", "separator", "modulus", "target_label", "replacement"]
            case .keepequal, .dropequal: ["separator", "regex", "modulus", "replacement"]
            case .lowercase, .uppercase: ["replacement"]
            case .replace, .keep, .drop, .hashmod, .labelmap: []
            }
        return given.filter { $0.isGiven && useless.contains($0.key) }.map(\.key)
    }
}

extension [RelabelRule] {
    /// Everything in which the rules of a list make no sense, but for their regexes.
    func contradictions(at path: SettingPath) -> [Contradiction] {
        indices.flatMap { self[$0].contradictions(at: path.item($0)) }
    }
}

extension Settings {
    /// Every list of rules, and where it stands.
    public var relabelRules: [(path: SettingPath, rules: [RelabelRule])] {
        [("push.pushgateway.relabel_configs", push.pushgateway.relabelRules)]
            + remoteWrite.indices.map { ("remote_write[\($0)].write_relabel_configs", remoteWrite[$0].relabelRules) }
    }
}
