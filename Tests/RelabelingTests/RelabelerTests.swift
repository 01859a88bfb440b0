import Samples
import Settings
import Testing

@testable import Relabeling

@Suite("What relabelling leaves of a push")
struct RelabelerTests {
    private func relabeler(
        _ pushed: [RelabelRule] = [], external: [String: String] = [:], written: [RelabelRule] = [],
        cacheSize: Int = 100
    ) throws -> Relabeler {
        Relabeler(try RelabelChain(pushed: pushed, external: external, written: written), cacheSize: cacheSize)
    }

    private func rule(_ change: (inout RelabelRule) -> Void) -> RelabelRule {
        var rule = RelabelRule()
        change(&rule)
        return rule
    }

    @Test func `external labels alone change no series`() throws {
        var push = Push(["job": "j", "zone": "us"])
        push.add(#"{__name__="m",a="1"}"#)
        push.add(#"{__name__="n"}"#)
        let relabeler = try relabeler(external: ["zone": "eu", "cluster": "c"])
        var out = RelabeledSeries()
        let size = push.batch.arena.count
        #expect(
            push.relabeled(by: relabeler, into: &out) == [
                #"{__name__="m",a="1",cluster="c",job="j",zone="us"} 1.0@now"#,
                #"{__name__="n",cluster="c",job="j",zone="us"} 1.0@now"#,
            ])
        #expect(out.isUntouched && push.batch.arena.count == size && relabeler.cached == 0)
    }

    @Test func `a series that has an external label keeps its own`() throws {
        var push = Push()
        push.add(#"{__name__="m",cluster="own"}"#)
        push.add(#"{__name__="n"}"#)
        let relabeler = try relabeler(external: ["cluster": "c"])
        for _ in 0..<2 {
            #expect(
                push.relabeled(by: relabeler) == [
                    #"{__name__="m",cluster="own",job="j"} 1.0@now"#, #"{__name__="n",cluster="c",job="j"} 1.0@now"#,
                ])
        }
    }

    @Test func `a label of the body and the same one of the grouping are decided apart`() throws {
        let relabeler = try relabeler([rule { $0.targetLabel = "__tmp" }], external: ["cluster": "c"])
        for _ in 0..<2 {
            var first = Push(["job": "j", "cluster": "x"])
            first.add(#"{__name__="m"}"#)
            var second = Push()
            second.add(#"{__name__="m",cluster="x"}"#)
            let expected = [#"{__name__="m",cluster="x",job="j"} 1.0@now"#]
            #expect(first.relabeled(by: relabeler) == expected)
            #expect(second.relabeled(by: relabeler) == expected)
        }
    }

    @Test func `a label that the grouping makes absent may be an external one`() throws {
        var push = Push(["job": "j", "cluster": ""])
        push.add(#"{__name__="m"}"#)
        let relabeler = try relabeler([rule { $0.targetLabel = "__tmp" }], external: ["cluster": "c"])
        #expect(push.relabeled(by: relabeler) == [#"{__name__="m",cluster="c",job="j"} 1.0@now"#])
    }

    @Test func `series that become equal are one, and of two samples at one time the first stays`() throws {
        var push = Push()
        push.add(#"{__name__="m",i="1"}"#, [(1, 5), (2, nil)])
        push.add(#"{__name__="n"}"#)
        push.add(#"{__name__="m",i="2"}"#, [(3, 4), (4, 5)])
        push.add(#"{__name__="m"}"#, [(5, nil), (6, 2_000)])
        let relabeler = try relabeler([rule { ($0.action, $0.regex) = (.labeldrop, "i") }])
        var out = RelabeledSeries()
        for _ in 0..<3 {
            #expect(
                push.relabeled(by: relabeler, into: &out) == [
                    #"{__name__="m",job="j"} 3.0@4 1.0@5 2.0@now 6.0@2000"#, #"{__name__="n",job="j"} 1.0@now"#,
                ])
        }
        #expect(push.relabeled(by: relabeler) == push.expected(relabeler.chain))
    }

    @Test func `of two samples at one time the first stays of those that are sent`() throws {
        var push = Push()
        push.add(#"{__name__="m_created"}"#, [(1, nil)])
        push.add(#"{__name__="m_total"}"#, [(2, nil)])
        push.batch.samples[0].details = push.batch.add(SampleDetails(kind: .created))
        let relabeler = try relabeler([
            rule { ($0.sourceLabels, $0.regex, $0.targetLabel) = (["__name__"], "(.*)_.*", "__name__") }
        ])
        var out = RelabeledSeries()
        relabeler.relabel(&push.batch, under: push.grouping, into: &out) { _ in }
        for (isSent, value) in [(false, 2.0), (true, 1), (false, 2)] {
            out.enter(&push.batch, receiptTime: 5) { $0 != .created || isSent }
            #expect(push.batch.series.count == 1)
            #expect(push.batch.samples[push.batch.series[0].samples].map(\.value) == [value])
            out.leave(&push.batch)
        }
        push.batch.samples[1].details = push.batch.samples[0].details
        out.enter(&push.batch, receiptTime: 5) { _ in false }
        #expect(push.batch.series[0].samples.count == 1, "a series has samples, also where none is sent")
        out.leave(&push.batch)
    }

    @Test func `what is decided is remembered, and what it says is the same`() throws {
        var push = Push()
        for number in 0..<1000 { push.add(#"{__name__="m",number="\#(number)",a="b"}"#) }
        let rules = [
            rule { ($0.action, $0.sourceLabels, $0.regex) = (.drop, ["number"], ".*7") },
            rule { ($0.sourceLabels, $0.regex, $0.targetLabel) = (["number"], "(.)5.*", "first") },
        ]
        let relabeler = try relabeler(rules, cacheSize: 10_000)
        let first = push.relabeled(by: relabeler)
        #expect(first == push.expected(relabeler.chain))
        #expect(relabeler.cached == 1000)
        #expect(push.relabeled(by: relabeler) == first)
        #expect(relabeler.cached == 1000)
        // So it is where the canonical order has hashed the labels.
        try push.batch.canonicalize(under: push.grouping, keepingHashes: true)
        #expect(push.batch.hashes.count == 1000)
        #expect(push.relabeled(by: relabeler) == first)
        #expect(relabeler.cached == 1000)
        #expect(push.relabeled(by: try self.relabeler(rules, cacheSize: 0)) == first)
        #expect(push.relabeled(by: try self.relabeler(rules, cacheSize: 50)) == first)
    }

    @Test func `all may be dropped`() throws {
        var push = Push()
        push.add(#"{__name__="m"}"#)
        #expect(push.relabeled(by: try relabeler([rule { $0.action = .drop }])) == [])
    }

    @Test func `what the batch grows by is admitted, and a refusal ends the work`() throws {
        struct Refusal: Error {}
        var push = Push()
        for number in 0..<600 { push.add(#"{__name__="m",number="\#(number)"}"#) }
        let relabeler = try relabeler([rule { ($0.targetLabel, $0.replacement) = ("a", "b") }])
        for _ in 0..<2 {
            var out = RelabeledSeries()
            let before = push.batch.arena.count + push.batch.labels.count * MemoryLayout<LabelRange>.stride
            var grown = 0
            relabeler.relabel(&push.batch, under: push.grouping, into: &out) { grown += $0 }
            let after = push.batch.arena.count + push.batch.labels.count * MemoryLayout<LabelRange>.stride
            #expect(grown == after - before && grown > 0)
            #expect(out.memory > 600 * 40)
        }
        var out = RelabeledSeries()
        #expect(throws: Refusal.self) {
            try relabeler.relabel(&push.batch, under: push.grouping, into: &out) { (_: Int) throws(Refusal) in
                throw Refusal()
            }
        }
    }

    @Test func `threads that decide at once agree`() async throws {
        var push = Push()
        for number in 0..<500 { push.add(#"{__name__="m",number="\#(number)"}"#) }
        let relabeler = try relabeler(
            [rule { ($0.sourceLabels, $0.targetLabel) = (["number"], "copy") }], cacheSize: 400)
        let expected = push.expected(relabeler.chain)
        let agreeing = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                let pushed = push
                group.addTask {
                    var push = pushed
                    return (0..<10).allSatisfy { _ in push.relabeled(by: relabeler) == expected }
                }
            }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(agreeing)
    }
}
