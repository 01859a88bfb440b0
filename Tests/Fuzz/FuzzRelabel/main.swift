import CFuzzer
import Glibc
import Samples
import Settings

@testable import Relabeling

// Takes random series through random rules, and traps where a batch comes to something else than its series do one by one,
// with and without a memory of decisions, or where something leaves that must not.

/// Reads numbers off a fuzzer's bytes; zeros behind their end.
struct Source {
    var bytes: ArraySlice<UInt8>

    mutating func next(below limit: Int) -> Int { Int(bytes.popFirst() ?? 0) % limit }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[next(below: values.count)] }

    /// A text of few letters, so that texts meet again.
    mutating func text(longest: Int) -> String {
        (0..<next(below: longest + 1)).map { _ in pick(["a", "b", "_", "ß", "$", "1", "\n"]) }.joined()
    }

    /// A regex or a template of the fuzzer's own making.
    mutating func syntax(of pieces: [String]) -> String { (0..<next(below: 7)).map { _ in pick(pieces) }.joined() }
}

let regexPieces = [
    "a", "b", "_", "(", ")", "(?<x>", "(?P<y>", "|", "*", "+", "?", ".", "[", "]", "^", "$", "\\", "Q", "E", "C",
    "[:alpha:]", "ß",
    "(?i)", "{2}", "(?:", "(.*)", "__", "1",
]
let templatePieces = ["$", "{", "}", "1", "0", "x", "y", "_", "a", "ß", "$1", "${1}", "$$", "__name__", "-"]

extension RelabelRule {
    init(_ source: inout Source) {
        self.init()
        action = source.pick(RelabelAction.allCases)
        sourceLabels = (0..<source.next(below: 3)).map { _ in source.pick(["a", "b", "__name__", "__tmp", "job", "ab"])
        }
        if source.next(below: 3) > 0 { regex = source.syntax(of: regexPieces) }
        if source.next(below: 3) == 0 { separator = source.text(longest: 2) }
        if source.next(below: 3) > 0 { targetLabel = source.syntax(of: templatePieces) }
        if source.next(below: 3) > 0 { replacement = source.syntax(of: templatePieces) }
        modulus = source.next(below: 5)
    }
}

/// A series in plain words.
struct Plain {
    var labels: LabelSet
    var samples: [Sample]
}

struct Push {
    var grouping: Grouping
    var batch = SampleBatch()
    var plain: [Plain] = []

    init(_ source: inout Source) {
        let others = (0..<source.next(below: 3)).map { _ in
            Grouping.Label(
                name: Array(("a" + source.text(longest: 1)).utf8), value: Array(source.text(longest: 2).utf8))
        }
        grouping = Grouping(job: Array("j".utf8), labels: others)
        var seen: [LabelSet] = []
        for number in 0..<source.next(below: 12) {
            var own = LabelSet()
            own.set(LabelSet.metricName, to: Array(("m" + source.text(longest: 2)).utf8))
            for _ in 0..<source.next(below: source.next(below: 8) == 0 ? 30 : 5) {
                own.set(Array(source.text(longest: 3).utf8), to: Array(source.text(longest: 20).utf8))
            }
            own.keep { label in
                (label.name == LabelSet.metricName || !LabelSet.isInternal(label.name))
                    && !grouping.labels.contains { $0.name == label.name }
            }
            let timestamp = source.next(below: 2) == 0 ? Int64(source.next(below: 3)) : nil
            if seen.contains(own) { continue }
            seen.append(own)
            add(own, [Sample(value: Double(number), timestamp: timestamp)])
        }
    }

    mutating func add(_ own: LabelSet, _ samples: [Sample]) {
        let first = (label: batch.labels.count, sample: batch.samples.count)
        var labels = own
        for label in grouping.labels { labels.set(label.name, to: label.value) }
        for label in own.labels where label.name != LabelSet.metricName {
            batch.labels.append(LabelRange(name: put(label.name), value: put(label.value)))
        }
        batch.samples += samples
        batch.series.append(
            Series(
                name: put(own[LabelSet.metricName]), labels: first.label..<batch.labels.count,
                samples: first.sample..<batch.samples.count))
        plain.append(Plain(labels: labels, samples: samples))
    }

    private mutating func put(_ text: [UInt8]) -> ByteRange {
        batch.arena += text
        return ByteRange(offset: batch.arena.count - text.count, count: text.count)
    }

    /// What leaves, by a plain reading of the rules: labels, then values by time; sorted.
    func expected(_ chain: RelabelChain) -> [[[UInt8]]] {
        var order: [LabelSet] = []
        var samples: [[Sample]] = []
        for one in plain {
            var labels = one.labels
            guard chain.run(&labels) else { continue }
            if let index = order.firstIndex(of: labels) {
                samples[index] += one.samples
            } else {
                order.append(labels)
                samples.append(one.samples)
            }
        }
        return zip(order, samples).map { labels, samples in
            var kept: [Sample] = []
            for sample in samples where !kept.contains(where: { ($0.timestamp ?? 1) == (sample.timestamp ?? 1) }) {
                kept.append(sample)
            }
            kept.sort { ($0.timestamp ?? 1) < ($1.timestamp ?? 1) }
            return Self.words(labels, kept)
        }.sorted(by: Self.precedes)
    }

    /// What leaves of the batch.
    mutating func relabeled(by relabeler: Relabeler, into out: inout RelabeledSeries) -> [[[UInt8]]] {
        relabeler.relabel(&batch, under: grouping, into: &out) { _ in }
        out.enter(&batch, receiptTime: 1)
        defer { out.leave(&batch) }
        return batch.series.indices.map { index in
            let one = batch.series[index]
            var labels = LabelSet()
            var count = 1
            labels.set(LabelSet.metricName, to: Array(batch.arena[one.name.indices]))
            for label in batch.labels[one.labels] {
                labels.set(Array(batch.arena[label.name.indices]), to: Array(batch.arena[label.value.indices]))
                count += 1
            }
            if index < batch.firstComplete ?? .max {
                for label in out.grouping.labels where !label.value.isEmpty {
                    labels.set(label.name, to: label.value)
                    count += 1
                }
            }
            precondition(labels.labels.count == count, "a label is there twice, or empty")
            precondition(!labels[LabelSet.metricName].isEmpty, "a series has no name")
            for label in labels.labels {
                precondition(label.name == LabelSet.metricName || !LabelSet.isInternal(label.name), "internal")
                precondition(String(validating: label.name, as: UTF8.self) != nil, "a name is not UTF-8")
                precondition(String(validating: label.value, as: UTF8.self) != nil, "a value is not UTF-8")
            }
            return Self.words(labels, Array(batch.samples[one.samples]))
        }.sorted(by: Self.precedes)
    }

    private static func words(_ labels: LabelSet, _ samples: [Sample]) -> [[UInt8]] {
        labels.labels.flatMap { [$0.name, $0.value] } + samples.map { Array("\($0.value)".utf8) }
    }

    private static func precedes(_ one: [[UInt8]], _ other: [[UInt8]]) -> Bool {
        Array(one.joined(separator: [0])).lexicographicallyPrecedes(Array(other.joined(separator: [0])))
    }
}

func check(_ bytes: [UInt8]) {
    var source = Source(bytes: bytes[...])
    var settings = Settings()
    settings.remoteWrite = [DestinationSettings(url: "http://x.test")]
    settings.push.pushgateway.relabelRules = (0..<source.next(below: 4)).map { _ in RelabelRule(&source) }
    settings.remoteWrite[0].relabelRules = (0..<source.next(below: 4)).map { _ in RelabelRule(&source) }
    for _ in 0..<source.next(below: 3) {
        settings.externalLabels["a" + source.text(longest: 1)] = source.text(longest: 2)
    }
    // What `check` refuses is compiled all the same where it can be: nothing may trap.
    let isRefused = !settings.contradictions.isEmpty || !settings.regexContradictions.isEmpty
    let chain: RelabelChain
    do throws(SettingsError) {
        chain = try RelabelChain(
            pushed: settings.push.pushgateway.relabelRules, external: settings.externalLabels,
            written: settings.remoteWrite[0].relabelRules)
    } catch {
        precondition(isRefused, "a configuration that is right does not compile: \(error)")
        return
    }
    let relabelers = [Relabeler(chain, cacheSize: 0), Relabeler(chain, cacheSize: 6), Relabeler(chain, cacheSize: 100)]
    var out = RelabeledSeries()
    for _ in 0..<2 {
        var push = Push(&source)
        let expected = push.expected(chain)
        for _ in 0..<2 {
            for relabeler in relabelers {
                precondition(push.relabeled(by: relabeler, into: &out) == expected, "a batch comes to something else")
            }
        }
    }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
exit(status)
