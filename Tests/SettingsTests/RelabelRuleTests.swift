import Testing

@testable import Settings

@Suite("A relabelling rule's settings")
struct RelabelRuleTests {
    @Test func `every list of rules has its path`() {
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "a"), DestinationSettings(url: "b")]
        #expect(
            settings.relabelRules.map(\.path) == [
                "push.pushgateway.relabel_configs", "remote_write[0].write_relabel_configs",
                "remote_write[1].write_relabel_configs",
            ])
    }

    @Test func `explicit defaults are no contradiction`() {
        var rule = RelabelRule()
        (rule.action, rule.separator, rule.replacement, rule.regex) = (.labeldrop, ";", "$1", "a")
        #expect(rule.contradictions(at: "x") == [])
    }

    @Test func `all that is wrong is said at once`() {
        var rule = RelabelRule()
        (rule.action, rule.regex, rule.sourceLabels) = (.keepequal, "a", ["", "b"])
        #expect(
            rule.contradictions(at: "x").map(\.description) == [
                "x.source_labels[0]: must not be empty", "x.target_label: is needed by the action keepequal",
                "x.regex: has no meaning for the action keepequal",
            ])
    }
}
