import Settings
import Testing

@testable import Relabeling

@Suite("The way of a series through relabelling")
struct RelabelChainTests {
    private func run(_ chain: RelabelChain, _ text: String) -> String? {
        var labels = Labels.parse(text)
        return chain.run(&labels) ? Labels.text(labels) : nil
    }

    private func rule(_ change: (inout RelabelRule) -> Void) -> RelabelRule {
        var rule = RelabelRule()
        change(&rule)
        return rule
    }

    @Test func `external labels come between the two lists of rules, and overwrite nothing`() throws {
        let pushed = rule { ($0.sourceLabels, $0.targetLabel) = (["zone"], "before") }
        let written = rule { ($0.sourceLabels, $0.targetLabel) = (["zone"], "after") }
        let chain = try RelabelChain(pushed: [pushed], external: ["zone": "eu", "empty": ""], written: [written])
        #expect(run(chain, #"{__name__="m"}"#) == #"{__name__="m",after="eu",zone="eu"}"#)
        #expect(run(chain, #"{__name__="m",zone="us"}"#) == #"{__name__="m",after="us",before="us",zone="us"}"#)
    }

    @Test func `a temporary label of the first stage is there for the last, and does not leave`() throws {
        let pushed = rule { ($0.targetLabel, $0.replacement) = ("__tmp_a", "1") }
        let written = rule { ($0.sourceLabels, $0.regex, $0.action) = (["__tmp_a", "__tmp_b"], "1;2", .keep) }
        let chain = try RelabelChain(pushed: [pushed], external: ["__tmp_b": "2"], written: [written])
        #expect(run(chain, #"{__name__="m"}"#) == #"{__name__="m"}"#)
        #expect(chain.fixed == [])
    }

    @Test(arguments: ["labeldrop", "labelkeep"])
    func `a series without a name is dropped`(action: String) throws {
        let drop = rule { rule in
            rule.action = RelabelAction(rawValue: action) ?? .keep
            rule.regex = action == "labeldrop" ? "__name__" : "a"
        }
        #expect(run(try RelabelChain(pushed: [drop], external: [:], written: []), #"{__name__="m",a="1"}"#) == nil)
    }

    @Test func `the first rule that drops is the last that is asked`() throws {
        let drop = rule { $0.action = .drop }
        let name = rule { ($0.targetLabel, $0.replacement) = ("__name__", "again") }
        #expect(run(try RelabelChain(pushed: [drop], external: [:], written: [name]), #"{__name__="m"}"#) == nil)
    }
}
