import Bytes
import Settings

/// A rule ready to be applied: regexes compiled, templates taken apart.
struct CompiledRule: Sendable {
    /// What rules may make of one series at most, in bytes of names and values: past it the series is dropped.
    static let sizeLimit = 64 << 20

    private let action: RelabelAction
    private let sources: [[UInt8]]
    private let separator: [UInt8]
    private let pattern: Pattern
    private let modulus: UInt64
    private let target: [UInt8]
    private let targetTemplate: Template
    private let replacement: Template

    /// Compiles a rule in which there is no contradiction.
    ///
    /// - Throws: `notARegex`.
    init(_ rule: RelabelRule) throws(SettingsError) {
        action = rule.action
        sources = rule.sourceLabels.map { Array($0.utf8) }
        separator = Array(rule.separator.utf8)
        pattern = try Pattern(rule.regex)
        modulus = UInt64(max(1, rule.modulus))
        target = Array(rule.targetLabel.utf8)
        targetTemplate = Template(rule.targetLabel, for: pattern)
        replacement = Template(rule.replacement, for: pattern)
    }

    /// Applies the rule; false where it drops the series.
    func apply(to labels: inout LabelSet) -> Bool {
        switch action {
        case .replace: replace(&labels)
        case .keep: return pattern.matches(value(labels))
        case .drop: return !pattern.matches(value(labels))
        case .keepequal: return value(labels) == labels[target]
        case .dropequal: return value(labels) != labels[target]
        case .hashmod:
            let part = MD5.digest(value(labels).span).last % modulus
            labels.set(target, to: Array(String(part).utf8))
        case .labelmap: map(&labels)
        case .labeldrop: labels.keep { !pattern.matches($0.name) }
        case .labelkeep: labels.keep { pattern.matches($0.name) }
        case .lowercase: labels.set(target, to: CaseMapping.lowercase(value(labels)))
        case .uppercase: labels.set(target, to: CaseMapping.uppercase(value(labels)))
        }
        return labels.size <= Self.sizeLimit
    }

    /// The values of the source labels; one that is not there leaves nothing between its separators.
    private func value(_ labels: LabelSet) -> [UInt8] {
        guard sources.count != 1 else { return labels[sources[0]] }
        return Array(sources.map { labels[$0] }.joined(separator: separator))
    }

    private func replace(_ labels: inout LabelSet) {
        let value = value(labels)
        guard let captures = pattern.captures(of: value) else { return }
        let target = targetTemplate.expand(captures, of: value)
        labels.set(target, to: replacement.expand(captures, of: value))
    }

    /// Copies labels whose names match, in the order of their names, to names of the replacement's making.
    private func map(_ labels: inout LabelSet) {
        labels.set(
            labels.labels.compactMap { label in
                guard let captures = pattern.captures(of: label.name) else { return nil }
                return LabelSet.Label(name: replacement.expand(captures, of: label.name), value: label.value)
            })
    }
}
