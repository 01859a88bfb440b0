import Fixtures
import Samples
import Settings
import Testing

@testable import Relabeling

@Suite("What holds for all rules and labels")
struct RelabelPropertyTests {
    private var random: SplitMix
    private let seed: UInt64 = 0x5eed

    init() { random = SplitMix(state: seed) }

    private static let regexes = [
        "(.*)", ".*", "a.*", "(a|b)+", "a", "", "(?<x>[a-c]*)", "__.*", "([^_]*)_(.*)", "(?i)A+", "__name__", "x?(b)",
    ]
    private static let templates = ["$1", "", "x", "${1}_y", "$x", "a", "__tmp", "$0", "__name__", "$1$1"]

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func text() -> String {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in pick(["a", "b", "c", "_", "ß"]) }.joined()
    }

    private mutating func rule() -> RelabelRule {
        while true {
            var rule = RelabelRule()
            rule.action = pick(RelabelAction.allCases)
            rule.sourceLabels = (0..<Int.random(in: 0...2, using: &random)).map { _ in
                pick(["a", "b", "ab", "__name__", "__tmp", "nope"])
            }
            rule.regex = pick(Self.regexes)
            rule.separator = pick([";", "", "_"])
            rule.targetLabel = pick(Self.templates)
            rule.replacement = pick(Self.templates)
            rule.modulus = Int.random(in: 0...3, using: &random)
            switch rule.action {
            case .labeldrop, .labelkeep:
                (rule.sourceLabels, rule.separator, rule.targetLabel) = ([], ";", "")
                (rule.replacement, rule.modulus) = ("$1", 0)
            case .keepequal, .dropequal:
                (rule.separator, rule.regex, rule.replacement, rule.modulus) = (";", "(.*)", "$1", 0)
            case .lowercase, .uppercase: rule.replacement = "$1"
            default: break
            }
            var settings = Settings()
            settings.push.pushgateway.relabelRules = [rule]
            if settings.contradictions.isEmpty { return rule }
        }
    }

    private mutating func labels() -> LabelSet {
        var labels = LabelSet()
        labels.set(LabelSet.metricName, to: Array(("m" + text()).utf8))
        for _ in 0..<Int.random(in: 0...5, using: &random) { labels.set(Array(text().utf8), to: Array(text().utf8)) }
        return labels
    }

    private mutating func chain() throws -> RelabelChain {
        let lists = (0..<2).map { _ in (0..<Int.random(in: 0...4, using: &random)).map { _ in rule() } }
        var external: [String: String] = [:]
        if Bool.random(using: &random) {
            external["a" + text()] = "e"
            external["a"] = text()
            external["__tmp"] = "t"
        }
        return try RelabelChain(pushed: lists[0], external: external, written: lists[1])
    }

    @Test mutating func `what leaves has a name, no empty names or values, and nothing internal`() throws {
        for _ in 0..<3_000 {
            var labels = labels()
            guard try chain().run(&labels) else { continue }
            #expect(!labels[LabelSet.metricName].isEmpty)
            #expect(labels.labels.allSatisfy { !$0.name.isEmpty && !$0.value.isEmpty })
            #expect(labels.labels.allSatisfy { $0.name == LabelSet.metricName || !LabelSet.isInternal($0.name) })
            #expect(
                labels.labels.map(\.name).elementsEqual(
                    labels.labels.map(\.name).sorted { $0.lexicographicallyPrecedes($1) }))
            #expect(labels.size == labels.labels.reduce(0) { $0 + $1.name.count + $1.value.count })
            #expect(labels.labels.allSatisfy { String(validating: $0.name, as: UTF8.self) != nil })
            #expect(labels.labels.allSatisfy { String(validating: $0.value, as: UTF8.self) != nil })
        }
    }

    @Test mutating func `what is kept is not dropped by the same regex, and the other way round`() throws {
        for _ in 0..<2_000 {
            var rule = RelabelRule()
            rule.sourceLabels = [pick(["a", "b", "__name__"])]
            rule.regex = pick(Self.regexes)
            var labels = labels()
            rule.action = .keep
            let isKept = try CompiledRule(rule).apply(to: &labels)
            rule.action = .drop
            let isDropped = try !CompiledRule(rule).apply(to: &labels)
            #expect(isKept == isDropped)
        }
    }

    @Test mutating func `labelmap onto the same names changes nothing, and twice is once`() throws {
        for _ in 0..<2_000 {
            var rule = RelabelRule()
            rule.action = .labelmap
            rule.regex = pick(Self.regexes)
            rule.replacement = "$0"
            var labels = labels()
            let before = labels
            #expect(try CompiledRule(rule).apply(to: &labels))
            #expect(labels == before)
        }
    }

    @Test mutating func `labelkeep leaves what labeldrop takes`() throws {
        for _ in 0..<2_000 {
            var rule = RelabelRule()
            rule.regex = pick(Self.regexes)
            let before = labels()
            var (kept, dropped) = (before, before)
            rule.action = .labelkeep
            #expect(try CompiledRule(rule).apply(to: &kept))
            rule.action = .labeldrop
            #expect(try CompiledRule(rule).apply(to: &dropped))
            dropped.set(kept.labels)
            #expect(dropped == before)
        }
    }

    @Test mutating func `a batch comes to what its series come to, with and without a memory`() throws {
        for round in 0..<400 {
            let chain = try chain()
            let relabelers = [0, 5, 1_000].map { Relabeler(chain, cacheSize: $0) }
            for _ in 0..<3 {
                var push = Push(round % 2 == 0 ? ["job": "j"] : ["job": "j", "b": "g", "c": ""])
                var seen: Set<String> = []
                for _ in 0..<Int.random(in: 0...12, using: &random) {
                    var labels = labels()
                    labels.keep { label in
                        !LabelSet.isInternal(label.name) || label.name == LabelSet.metricName
                    }
                    for label in push.grouping.labels { labels.set(label.name, to: []) }
                    guard seen.insert(Labels.text(labels)).inserted else { continue }
                    let times: [Int64?] = [nil, 1, 2]
                    push.add(Labels.text(labels), [(Double(seen.count), pick(times))])
                }
                for relabeler in relabelers { #expect(push.relabeled(by: relabeler) == push.expected(chain)) }
            }
        }
    }
}
