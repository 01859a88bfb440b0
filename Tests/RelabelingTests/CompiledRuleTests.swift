import Settings
import Testing

@testable import Relabeling

@Suite("A relabelling rule")
struct CompiledRuleTests {
    @Test(arguments: RelabelExample.all)
    func `does what Prometheus does`(example: RelabelExample) throws {
        let (rules, problems) = try RuleFile.rules(example.file)
        if case .refused(let words) = example.outcome {
            #expect(problems.count == 1)
            #expect(problems.contains { $0.contains(words) }, "\(problems)")
            return
        }
        #expect(problems == [])
        var labels = Labels.parse(example.labels)
        var isKept = true
        for rule in rules where isKept { isKept = try CompiledRule(rule).apply(to: &labels) }
        switch example.outcome {
        case .unchanged: #expect(isKept && labels == Labels.parse(example.labels))
        case .leaves(let expected): #expect(isKept && Labels.text(labels) == expected)
        case .dropped: #expect(!isKept)
        case .refused: Issue.record("was not refused")
        }
    }

    @Test func `all 64 examples are there`() {
        #expect(RelabelExample.all.map(\.number) == Array(1...64))
    }

    @Test func `a series that a rule makes larger than 64 MiB is dropped`() throws {
        var rule = RelabelRule()
        rule.sourceLabels = ["a"]
        rule.targetLabel = "a"
        rule.replacement = String(repeating: "$1", count: 65)
        var labels = LabelSet()
        labels.set(Array("a".utf8), to: Array(repeating: UInt8(ascii: "x"), count: 1 << 20))
        let isKept = try CompiledRule(rule).apply(to: &labels)
        #expect(!isKept)
    }

    @Test func `labelmap onto an empty name makes no label`() throws {
        var rule = RelabelRule()
        rule.action = .labelmap
        rule.regex = "a(b?)"
        var labels = Labels.parse(#"{a="1",ab="2"}"#)
        let isKept = try CompiledRule(rule).apply(to: &labels)
        #expect(isKept)
        #expect(Labels.text(labels) == #"{a="1",ab="2",b="2"}"#)
    }
}
