import Exposition
import Samples

/// What the parser makes of a body, in a form that is easily compared.
struct Reading: Equatable, CustomStringConvertible {
    /// The samples in the order of the body: `foo{a=b} 1.0 @5`, labels as they come, without `@` where no time is given.
    var samples: [String] = []
    /// What TYPE lines say: `foo counter`.
    var types: [String] = []
    /// The message of the refusal, without its beginning: `line 1: invalid metric name`.
    var refusal: String?

    static let beginning = "text format parsing error in "

    var description: String { refusal ?? (samples + types).joined(separator: "\n") }
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

    init(_ body: [UInt8], by parser: inout TextParser, canonicalBuckets: Bool = true) {
        var batch = SampleBatch()
        batch.arena = body
        do {
            try parser.parse(&batch, canonicalBuckets: canonicalBuckets)
        } catch {
            refusal = String(error.description.dropFirst(Self.beginning.count))
        }
        samples = batch.series.flatMap { series in
            let labels = batch.labels[series.labels].map { (batch.text($0.name), batch.text($0.value)) }
            return batch.samples[series.samples].map {
                Self.line(batch.text(series.name), labels, $0.value, $0.timestamp)
            }
        }
        types = batch.families.map { "\(batch.text($0.name)) \($0.type)" }
    }

    static func line(_ name: String, _ labels: [(String, String)], _ value: Double, _ timestamp: Int64?) -> String {
        let list = labels.map { "\($0)=\($1)" }.joined(separator: ",")
        let number = value.isNaN ? "NaN:" + String(value.bitPattern, radix: 16) : "\(value)"
        return "\(name){\(list)} \(number)" + (timestamp.map { " @\($0)" } ?? "")
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
