import Exposition
import Samples

/// Either parser of lines.
protocol BodyParser {
    init()
    mutating func parse(_ batch: inout SampleBatch, canonicalBuckets: Bool) throws(ExpositionError)
}

extension TextParser: BodyParser {}
extension OpenMetricsParser: BodyParser {}

/// What a parser makes of a body, in a form that is easily compared.
struct Reading: Equatable, CustomStringConvertible {
    /// The samples in the order of the body: `foo{a=b} 1.0 @5`, labels as they come, without `@` where no time is given.
    ///
    /// With ` # {c=d} 2.0 @6` behind it for an exemplar, ` from 7` for a start time, ` created` where it says one.
    var samples: [String] = []
    /// The families and their types: `foo counter`.
    var types: [String] = []
    /// What HELP and UNIT lines say: `HELP foo text`.
    var texts: [String] = []
    /// The message of the refusal, without its beginning: `line 1: invalid metric name`.
    var refusal: String?

    var description: String { refusal ?? (samples + types + texts).joined(separator: "\n") }
}

extension Reading {
    /// A new parser's.
    init(_ body: String, canonicalBuckets: Bool = true) {
        self.init(Array(body.utf8), canonicalBuckets: canonicalBuckets)
    }

    /// A new parser's.
    init(_ body: [UInt8], canonicalBuckets: Bool = true) {
        var parser = TextParser()
        self.init(body, by: &parser, canonicalBuckets: canonicalBuckets)
    }

    /// A new parser's of OpenMetrics.
    init(openMetrics body: String, canonicalBuckets: Bool = true) {
        var parser = OpenMetricsParser()
        self.init(Array(body.utf8), by: &parser, canonicalBuckets: canonicalBuckets)
    }

    init(_ body: [UInt8], by parser: inout some BodyParser, canonicalBuckets: Bool = true) {
        var batch = SampleBatch()
        batch.arena = body
        do {
            try parser.parse(&batch, canonicalBuckets: canonicalBuckets)
        } catch {
            refusal = String(error.description.split(separator: " parsing error in ", maxSplits: 1)[1])
        }
        samples = batch.series.flatMap { series in
            let labels = batch.labels[series.labels].map { (batch.text($0.name), batch.text($0.value)) }
            return batch.samples[series.samples].map { sample in
                let line = Self.line(batch.text(series.name), labels, sample.value, sample.timestamp)
                return line + (batch.details(of: sample).map { Self.text(of: $0, in: batch) } ?? "")
            }
        }
        types = batch.families.map { "\(batch.text($0.name)) \($0.type)" }
        texts = batch.families.flatMap { family in
            let texts = [("HELP", batch.text(family.help)), ("UNIT", batch.text(family.unit))]
            return texts.filter { !$0.1.isEmpty }.map { "\($0.0) \(batch.text(family.name)) \($0.1)" }
        }
    }

    static func line(_ name: String, _ labels: [(String, String)], _ value: Double, _ timestamp: Int64?) -> String {
        let list = labels.map { "\($0)=\($1)" }.joined(separator: ",")
        let number = value.isNaN ? "NaN:" + String(value.bitPattern, radix: 16) : "\(value)"
        return "\(name){\(list)} \(number)" + (timestamp.map { " @\($0)" } ?? "")
    }

    private static func text(of details: SampleDetails, in batch: SampleBatch) -> String {
        let exemplars = batch.exemplars[details.exemplars].map { exemplar in
            let labels = batch.exemplarLabels[exemplar.labels].map { (batch.text($0.name), batch.text($0.value)) }
            return " # " + line("", labels, exemplar.value, exemplar.timestamp)
        }
        let start = details.startTimestamp == 0 ? "" : " from \(details.startTimestamp)"
        return exemplars.joined() + start + (details.kind == .created ? " created" : "")
    }
}

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
