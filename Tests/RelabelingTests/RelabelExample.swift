@testable import Relabeling
import Settings
import SettingsFile
import Testing

/// Rules, a series, and what becomes of it.
struct RelabelExample: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case unchanged
        case leaves(String)
        case dropped
        /// The rules are refused, with words that have these among them.
        case refused(String)
    }

    var number: Int
    /// The keys of a rule, separated by semicolons; rules are separated by `⏎`.
    var rules: String
    var labels: String
    var outcome: Outcome

    init(
        _ number: Int, _ rules: String, on labels: String = #"{__name__="m",a="foo",b="bar",c="baz"}"#,
        _ outcome: Outcome
    ) {
        (self.number, self.rules, self.labels, self.outcome) = (number, rules, labels, outcome)
    }

    var testDescription: String { "\(number): \(rules)" }

    /// The rules as a configuration file has them.
    var file: String {
        let keys = /; (?=(?:source_labels|separator|regex|regx|modulus|target_label|replacement|action):)/
        let items = rules.split(separator: " ⏎ ").map { rule in
            "      - " + rule.split(separator: keys).joined(separator: "\n        ")
        }
        return "push:\n  pushgateway:\n    relabel_configs:\n" + items.joined(separator: "\n") + "\n"
    }
}

/// Reads and writes `{name="value"}`, whose values have no quotes in them.
enum Labels {
    static func parse(_ text: String) -> LabelSet {
        var labels = LabelSet()
        for match in text.matches(of: /([^{,="]+)="([^"]*)"/) {
            labels.set(Array(match.1.utf8), to: Array(match.2.replacing("\\n", with: "\n").utf8))
        }
        return labels
    }

    static func text(_ labels: LabelSet) -> String {
        let texts = labels.labels.map { label in
            let value = String(decoding: label.value, as: UTF8.self).replacing("\n", with: "\\n")
            return "\(String(decoding: label.name, as: UTF8.self))=\"\(value)\""
        }
        return "{\(texts.joined(separator: ","))}"
    }
}

/// The rules of a file, or what is wrong with it.
enum RuleFile {
    static func rules(_ text: String) throws -> (rules: [RelabelRule], problems: [String]) {
        let file = try SettingsFile(Array(text.utf8), name: "collector.yaml")
        let contradictions = file.settings.contradictions + file.settings.regexContradictions
        return (file.settings.push.pushgateway.relabelRules, file.problems(with: contradictions).map(\.description))
    }
}
