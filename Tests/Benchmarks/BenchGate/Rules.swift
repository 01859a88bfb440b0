import Relabeling
import Settings

/// Ten rules that change each series of the body.
enum Rules {
    /// What applies them, and remembers.
    static func relabeler() throws -> Relabeler? {
        var settings = Settings()
        settings.push.pushgateway.relabelRules = rules
        settings.remoteWrite = [DestinationSettings(url: "http://far.test")]
        return try Relabelings(settings).relabelers[0]
    }

    private static var rules: [RelabelRule] {
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
