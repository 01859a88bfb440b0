import Samples

@testable import Relabeling

/// A push in the making, and what relabelling makes of it, as text.
struct Push {
    var grouping: Grouping
    var batch = SampleBatch()
    /// What the batch has, in plain words: all labels of each series, and its samples.
    private(set) var plain: [(labels: LabelSet, samples: [(value: Double, timestamp: Int64?)])] = []

    static let receiptTime: Int64 = 1_000

    init(_ grouping: [String: String] = ["job": "j"]) {
        let labels = grouping.filter { $0.key != "job" }.map {
            Grouping.Label(name: Array($0.key.utf8), value: Array($0.value.utf8))
        }
        self.grouping = Grouping(job: Array((grouping["job"] ?? "").utf8), labels: labels)
    }

    /// Adds a series, whose labels differ from the grouping's.
    mutating func add(_ text: String, _ samples: [(value: Double, timestamp: Int64?)] = [(1, nil)]) {
        let own = Labels.parse(text)
        let first = (label: batch.labels.count, sample: batch.samples.count)
        var labels = own
        for label in grouping.labels { labels.set(label.name, to: label.value) }
        for label in own.labels where label.name != LabelSet.metricName {
            batch.labels.append(LabelRange(name: put(label.name), value: put(label.value)))
        }
        for sample in samples { batch.samples.append(Sample(value: sample.value, timestamp: sample.timestamp)) }
        batch.series.append(
            Series(
                name: put(own[LabelSet.metricName]), labels: first.label..<batch.labels.count,
                samples: first.sample..<batch.samples.count))
        plain.append((labels, samples))
    }

    private mutating func put(_ text: [UInt8]) -> ByteRange {
        batch.arena += text
        return ByteRange(offset: batch.arena.count - text.count, count: text.count)
    }

    /// What leaves: each series with its labels and samples, sorted.
    mutating func relabeled(by relabeler: Relabeler) -> [String] {
        var out = RelabeledSeries()
        return relabeled(by: relabeler, into: &out)
    }

    mutating func relabeled(by relabeler: Relabeler, into out: inout RelabeledSeries) -> [String] {
        let (series, samples) = (batch.series.count, batch.samples.count)
        relabeler.relabel(&batch, under: grouping, into: &out) { _ in }
        out.enter(&batch, receiptTime: Self.receiptTime)
        let lines = batch.series.indices.map { line($0, beside: out.grouping) }
        out.leave(&batch)
        precondition(batch.series.count == series && batch.samples.count == samples && batch.firstComplete == nil)
        return lines.sorted()
    }

    private func line(_ index: Int, beside grouping: Grouping) -> String {
        let one = batch.series[index]
        var labels = LabelSet()
        var names = [LabelSet.metricName]
        labels.set(LabelSet.metricName, to: Array(batch.arena[one.name.indices]))
        for label in batch.labels[one.labels] {
            names.append(Array(batch.arena[label.name.indices]))
            labels.set(names[names.count - 1], to: Array(batch.arena[label.value.indices]))
        }
        precondition(names.dropFirst().elementsEqual(names.dropFirst().sorted { $0.lexicographicallyPrecedes($1) }))
        if index < batch.firstComplete ?? .max {
            for label in grouping.labels where !label.value.isEmpty {
                names.append(label.name)
                labels.set(label.name, to: label.value)
            }
        }
        precondition(Set(names).count == names.count && names.count == labels.labels.count, "no name twice, none empty")
        return Self.text(labels, batch.samples[one.samples].map { ($0.value, $0.timestamp) })
    }

    /// What a chain makes of the push, by a plain reading of the rules.
    func expected(_ chain: RelabelChain) -> [String] {
        var order: [String] = []
        var found: [String: (LabelSet, [(value: Double, timestamp: Int64?)])] = [:]
        for one in plain {
            var labels = one.labels
            guard chain.run(&labels) else { continue }
            let key = Labels.text(labels)
            if found[key] == nil { order.append(key) }
            found[key, default: (labels, [])].1 += one.samples
        }
        return order.compactMap { found[$0] }.map { labels, samples in
            var kept: [(value: Double, timestamp: Int64?)] = []
            for sample in samples {
                let time = sample.timestamp ?? Self.receiptTime
                if !kept.contains(where: { ($0.timestamp ?? Self.receiptTime) == time }) { kept.append(sample) }
            }
            kept.sort { ($0.timestamp ?? Self.receiptTime) < ($1.timestamp ?? Self.receiptTime) }
            return Self.text(labels, kept)
        }.sorted()
    }

    private static func text(_ labels: LabelSet, _ samples: [(value: Double, timestamp: Int64?)]) -> String {
        Labels.text(labels) + samples.map { " \($0.value)@\($0.timestamp.map(String.init) ?? "now")" }.joined()
    }
}
