import Settings

extension Reading where Value == [RelabelRule] {
    /// A list of relabelling rules; nothing is none, as in Prometheus.
    static var relabelRules: Self {
        .init { field in field.node.isNull ? [] : Reading.list(of: .relabelRule).read(field) }
    }
}

extension Reading where Value == RelabelRule {
    fileprivate static var relabelRule: Self {
        .init { field in
            let problems = field.report.problems.count
            var rule = RelabelRule()
            guard !field.node.isNull else {
                let _: Void? = field.expectedShape("a mapping")
                return rule
            }
            var section = Section(field)
            section.read("source_labels", into: &rule.sourceLabels, as: .list(of: .text))
            section.read("separator", into: &rule.separator, as: .textOrNothing)
            section.read("regex", into: &rule.regex, as: .textOrNothing)
            section.read("modulus", into: &rule.modulus, as: .count)
            section.read("target_label", into: &rule.targetLabel, as: .textOrNothing)
            section.read("replacement", into: &rule.replacement, as: .textOrNothing)
            section.read("action", into: &rule.action, as: .action)
            section.finish()
            // The others of the list are looked at all the same.
            if field.report.problems.count > problems { field.report.distrust(field.path) }
            return rule
        }
    }
}

extension Reading where Value == RelabelAction {
    fileprivate static var action: Self {
        .init { field in
            let what = RelabelAction.allCases.map(\.rawValue).joined(separator: ", ")
            guard case .scalar(let text, _) = field.node.content,
                let action = RelabelAction(rawValue: text.lowercased())
            else { return field.expected("one of \(what)") }
            return action
        }
    }
}

extension Reading where Value == String {
    /// A text; a key without a value is the empty text, as in Prometheus, and not the default.
    fileprivate static var textOrNothing: Self {
        .init { field in field.node.isNull ? "" : Reading.text.read(field) }
    }
}

extension Reading where Value == [String: String] {
    /// Labels: a mapping of texts; nothing is none.
    static var labels: Self {
        .init { field in
            guard !field.node.isNull else { return [:] }
            guard case .mapping(let entries) = field.node.content else { return field.expectedShape("a mapping") }
            var labels: [String: String] = [:]
            var isRight = true
            for entry in entries {
                let label = field.entry(entry)
                if labels[entry.key] != nil {
                    let _: Void? = label.refuse("is there twice")
                    isRight = false
                }
                guard let text = Reading<String>.textOrVariable.read(label) else {
                    isRight = false
                    continue
                }
                labels[entry.key] = text
            }
            return isRight ? labels : nil
        }
    }
}

extension Reading where Value == String {
    /// A text; as exactly `${NAME}`, the variable of the environment.
    static var textOrVariable: Self {
        .init { field in
            guard let text = Reading.text.read(field) else { return nil }
            guard let name = text.variableName else { return text }
            return field.report.environment[name] ?? field.refuse("the variable \(name) of the environment is not set")
        }
    }
}
