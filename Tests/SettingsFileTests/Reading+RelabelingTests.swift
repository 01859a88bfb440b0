import Settings
import Testing

@testable import SettingsFile

@Suite("Relabelling rules and external labels in the file")
struct ReadingRelabelingTests {
    private func file(_ text: String, environment: [String: String] = [:]) throws -> SettingsFile {
        try SettingsFile(Array(text.utf8), name: "c.yaml", environment: environment)
    }

    private func problems(_ text: String, environment: [String: String] = [:]) throws -> [String] {
        let file = try file(text, environment: environment)
        return file.problems(with: file.settings.contradictions).map(\.description)
    }

    private func rules(_ rules: String) throws -> [String] {
        try problems("push:\n  pushgateway:\n    relabel_configs:\n      - \(rules)\n").map {
            String($0.dropFirst("c.yaml:".count))
        }
    }

    @Test func `a rule has the defaults of Prometheus`() throws {
        let file = try file("push: {pushgateway: {relabel_configs: [{target_label: a}]}}")
        var rule = RelabelRule()
        rule.targetLabel = "a"
        #expect(file.settings.push.pushgateway.relabelRules == [rule])
        #expect(rule.regex == "(.*)" && rule.separator == ";" && rule.replacement == "$1" && rule.action == .replace)
    }

    @Test func `every key is read, and nothing means the empty text`() throws {
        let file = try file(
            """
            remote_write:
              - url: http://x.test
                maxCacheSize: 7
                write_relabel_configs:
                  - {sourceLabels: [a, b], separator: , regex: , modulus: 5, target_label: t, replacement: '', action: HashMod}
                  - {regex: 80, replacement: true, action: labelmap}
            """)
        var first = RelabelRule()
        (first.sourceLabels, first.separator, first.regex) = (["a", "b"], "", "")
        (first.modulus, first.targetLabel, first.replacement, first.action) = (5, "t", "", .hashmod)
        var second = RelabelRule()
        (second.regex, second.replacement, second.action) = ("80", "true", .labelmap)
        #expect(file.settings.remoteWrite[0].relabelRules == [first, second])
        #expect(file.settings.remoteWrite[0].maxCacheSize == 7)
    }

    /// The files of Prometheus's own tests, named after theirs, and more.
    @Test(arguments: [
        (
            "{regex: a, source_labels: [b], action: labeldrop}",
            "4:35: push.pushgateway.relabel_configs[0].source_labels: has no"
        ),
        (
            "{regex: a, target_label: b, action: labeldrop}",
            "4:34: push.pushgateway.relabel_configs[0].target_label: has no"
        ),
        ("{regex: a, modulus: 8, action: labeldrop}", "4:29: push.pushgateway.relabel_configs[0].modulus: has no"),
        (
            "{regex: a, separator: ',', action: labeldrop}",
            "4:31: push.pushgateway.relabel_configs[0].separator: has no"
        ),
        (
            "{regex: a, replacement: b, action: labeldrop}",
            "4:33: push.pushgateway.relabel_configs[0].replacement: has no"
        ),
        (
            "{regex: a, source_labels: [b], action: labelkeep}",
            "4:35: push.pushgateway.relabel_configs[0].source_labels: has no"
        ),
        ("{regex: a, target_label: b, action: labelkeep}", "target_label: has no meaning for the action labelkeep"),
        ("{regex: a, modulus: 8, action: labelkeep}", "modulus: has no meaning for the action labelkeep"),
        ("{regex: a, separator: ',', action: labelkeep}", "separator: has no meaning for the action labelkeep"),
        ("{regex: a, replacement: b, action: labelkeep}", "replacement: has no meaning for the action labelkeep"),
        ("{regex: a, replacement: , action: labelmap}", "replacement: is needed by the action labelmap"),
        (
            "{source_labels: [a], target_label: b, replacement: c, action: lowercase}",
            "replacement: has no meaning for the action lowercase"
        ),
        (
            "{source_labels: [a], action: lowercase}",
            "4:9: push.pushgateway.relabel_configs[0].target_label: is needed by the action lowercase"
        ),
        (
            "{source_labels: [a], target_label: b, replacement: c, action: uppercase}",
            "replacement: has no meaning for the action uppercase"
        ),
        ("{source_labels: [a], action: uppercase}", "target_label: is needed by the action uppercase"),
        ("{source_labels: [a], action: keepequal}", "target_label: is needed by the action keepequal"),
        (
            "{source_labels: [a], target_label: b, regex: c, action: keepequal}",
            "regex: has no meaning for the action keepequal"
        ),
        (
            "{source_labels: [a], target_label: b, modulus: 3, action: keepequal}",
            "modulus: has no meaning for the action keepequal"
        ),
        (
            "{source_labels: [a], target_label: b, separator: c, action: keepequal}",
            "separator: has no meaning for the action keepequal"
        ),
        (
            "{source_labels: [a], target_label: b, replacement: c, action: keepequal}",
            "replacement: has no meaning for the action keepequal"
        ),
        (
            "{source_labels: [a], target_label: b, regex: c, action: dropequal}",
            "regex: has no meaning for the action dropequal"
        ),
        (
            "{source_labels: [a], target_label: b, modulus: 3, action: dropequal}",
            "modulus: has no meaning for the action dropequal"
        ),
        (
            "{source_labels: [a], target_label: b, separator: c, action: dropequal}",
            "separator: has no meaning for the action dropequal"
        ),
        (
            "{source_labels: [a], target_label: b, replacement: c, action: dropequal}",
            "replacement: has no meaning for the action dropequal"
        ),
        ("{source_labels: [a], target_label: b, action: hashmod}", "modulus: is needed by the action hashmod"),
        ("{source_labels: [a], modulus: 8, action: hashmod}", "target_label: is needed by the action hashmod"),
        ("{source_labels: [a]}", "target_label: is needed by the action replace"),
        ("{target_label: ''}", "target_label: is needed by the action replace"),
        ("{unknown: a}", "4:10: push.pushgateway.relabel_configs[0].unknown: unknown key"),
        ("{action: bogus}", "expected one of replace, keep, drop, keepequal"),
        ("{source_labels: a, target_label: b}", "source_labels: expected a list, not a text"),
        ("{source_labels: [''], target_label: b}", "source_labels[0]: must not be empty"),
        ("{modulus: -1, target_label: b}", "modulus: expected a whole number"),
        ("", "4:8: push.pushgateway.relabel_configs[0]: expected a mapping, not nothing"),
        ("a", "expected a mapping, not a text"),
    ])
    func `a rule that makes no sense is refused where it stands`(rule: String, words: String) throws {
        let problems = try rules(rule)
        #expect(problems.count == 1)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }

    @Test func `all that is wrong with a list is said at once, and of each rule once`() throws {
        let list = "[{action: bogus}, {action: hashmod}, {regx: a}]"
        let said = try problems("push: {pushgateway: {relabel_configs: \(list)}}").map { problem in
            problem.split(separator: ": ").prefix(2).joined(separator: " ")
        }
        let path = "push.pushgateway.relabel_configs"
        #expect(
            said.sorted() == [
                "c.yaml:1:49 \(path)[0].action", "c.yaml:1:57 \(path)[1].modulus",
                "c.yaml:1:57 \(path)[1].target_label",
                "c.yaml:1:77 \(path)[2].regx",
            ])
    }

    @Test func `rules without any are none`() throws {
        #expect(try problems("push: {pushgateway: {relabel_configs: }}") == [])
        #expect(try problems("push: {pushgateway: {relabel_configs: {}}}").count == 1)
        let file = try file(
            "remote_write: [{url: 'http://x.test', write_relabel_configs: [], max_cache_size: 1000001}]")
        #expect(file.problems(with: file.settings.contradictions).map(\.message) == ["must be at most 1000000"])
    }

    @Test func `external labels are texts, or variables of the environment`() throws {
        let text =
            "external_labels:\n  a: b\n  replica: 1\n  host: ${HOST}\n  not: x${HOST}\n  camelCase: $HOST\n  e: ${E}"
        let labels = try file(text, environment: ["HOST": "h", "E": ""]).settings.externalLabels
        #expect(
            labels == ["a": "b", "replica": "1", "host": "h", "not": "x${HOST}", "camelCase": "$HOST", "e": ""])
        #expect(
            try problems("external_labels:\n  a: ${NO_SUCH}\n  b: ${}") == [
                "c.yaml:2:6: external_labels.a: the variable NO_SUCH of the environment is not set"
            ])
    }

    @Test(arguments: [
        ("[a]", "expected a mapping"), ("{a: [b]}", "external_labels.a: expected a text"),
        ("{a: }", "external_labels.a: expected a text"), ("{a: b, a: c}", "external_labels.a: is there twice"),
        ("{'': b}", "external_labels: a label's name must not be empty"),
    ])
    func `external labels that are none are refused`(labels: String, words: String) throws {
        let problems = try problems("external_labels: \(labels)")
        #expect(problems.count == 1)
        #expect(problems.contains { $0.contains(words) }, "\(problems)")
    }
}
