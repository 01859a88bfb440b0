import Settings
import SettingsFile
import Testing

@testable import Relabeling

@Suite("The relabelling of destinations")
struct RelabelingsTests {
    private func settings(_ destinations: [String], _ rest: String = "") throws -> Settings {
        let items = destinations.map { "  - url: http://x.test/w\n    \($0)\n" }.joined()
        return try SettingsFile(Array("remote_write:\n\(items)\(rest)".utf8), name: "c.yaml").settings
    }

    @Test func `destinations of one kind share it`() throws {
        let drop = "write_relabel_configs: [{action: drop}]"
        let relabelings = try Relabelings(
            try settings(["name: a", drop, "name: c", drop, drop + "\n    max_cache_size: 1"]))
        #expect((0..<5).map(relabelings.kind) == [0, 1, 0, 1, 2])
        #expect(relabelings.relabelers.map { $0 == nil } == [true, false, false])
    }

    @Test func `without rules and external labels there is none`() throws {
        let relabelings = try Relabelings(try settings(["name: a", "name: b"], "external_labels: {a: ''}"))
        #expect(relabelings.relabelers.count == 1 && relabelings.relabelers[0] == nil)
        #expect(Relabelings().relabelers.count == 1 && Relabelings().kind(ofDestination: 7) == 0)
        for rest in ["external_labels: {a: b}", "push: {pushgateway: {relabel_configs: [{action: keep}]}}"] {
            #expect(try Relabelings(try settings(["name: a"], rest)).relabelers.allSatisfy { $0 != nil })
        }
    }

    @Test func `a regex that is none is said where it stands`() throws {
        let text = """
            push:
              pushgateway:
                relabel_configs:
                  - {regex: 'a(', action: labeldrop}
            remote_write:
              - url: http://x.test/w
                writeRelabelConfigs:
                  - action: drop
                  - action: keep
                    source_labels: [a]
                    regex: (?<=a)b
            """
        let (_, problems) = try RuleFile.rules(text)
        #expect(
            problems == [
                #"collector.yaml:4:17: push.pushgateway.relabel_configs[0].regex: "a(" is no regular expression of RE2: missing ): ^(?s:a()$"#,
                #"collector.yaml:11:16: remote_write[0].writeRelabelConfigs[1].regex: "(?<=a)b" is no regular expression of RE2: invalid perl operator: (?<"#,
            ])
    }
}
