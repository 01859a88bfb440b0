package import Settings

/// Ten rules, of two kinds.
package enum Rules {
    /// They change no series: most lists are there to drop what is not wanted.
    package static var dropping: [RelabelRule] {
        (0..<10).map { rule(.drop, ["__name__"], "(go|process|unwanted_\($0))_.*") }
    }

    /// They change each series, and leave it about as large as it was: labels that rules add cost what labels cost.
    package static var changing: [RelabelRule] {
        var part = rule(.hashmod, ["instance"], to: "__tmp_part")
        part.modulus = 4
        return [
            rule(.drop, ["__name__"], "(go|process)_.*"), rule(.keep, ["job"], "bench|other"),
            rule(.replace, ["instance"], "([^:]+):(.*)", to: "host"), rule(.lowercase, ["method"], to: "method"),
            rule(.labelmap, [], "stage(.*)", to: "", "phase$1"), rule(.labeldrop, [], "worker"), part,
            rule(.drop, ["__tmp_part"], "9"), rule(.labeldrop, [], "instance|stage"),
            rule(.replace, ["__name__"], "([^_]*)_([^_]*)_(.*)", to: "__name__", "$1_$3"),
        ]
    }

    private static func rule(
        _ action: RelabelAction, _ sources: [String], _ regex: String = "(.*)", to target: String = "",
        _ replacement: String = "$1"
    ) -> RelabelRule {
        var rule = RelabelRule()
        (rule.action, rule.sourceLabels, rule.regex) = (action, sources, regex)
        (rule.targetLabel, rule.replacement) = (target, replacement)
        return rule
    }
}
