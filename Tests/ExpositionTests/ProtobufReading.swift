import Exposition
import Fixtures
import Samples

/// What the protobuf parser makes of a body, in a form that is easily compared.
struct ProtobufReading: Equatable, CustomStringConvertible {
    /// The samples in the order of the body: `foo{a=b} 1.0 @5`, and what else they have behind that.
    var samples: [String] = []
    /// The families: `foo counter "help" unit`, without what is not there.
    var families: [String] = []
    /// The message of the refusal, without its beginning: `message 1: unexpected end of message`.
    var refusal: String?

    static let beginning = "protobuf parsing error in "

    var description: String { refusal ?? (samples + families).joined(separator: "\n") }
}

extension ProtobufReading {
    /// A new parser's.
    init(_ body: [UInt8]) {
        var parser = ProtobufParser()
        self.init(body, by: &parser)
    }

    /// A new parser's of the families that are written.
    init(_ write: (inout ProtobufWriter) -> Void) { self.init(ProtobufWriter.message(write)) }

    init(_ body: [UInt8], by parser: inout ProtobufParser) {
        var batch = SampleBatch()
        batch.arena = body
        do {
            try parser.parse(&batch)
        } catch {
            refusal = String(error.description.dropFirst(Self.beginning.count))
        }
        samples = Self.lines(batch)
        families = batch.families.map { family in
            let help = family.help.count > 0 ? " \"\(batch.text(family.help))\"" : ""
            let unit = family.unit.count > 0 ? " " + batch.text(family.unit) : ""
            return "\(batch.text(family.name)) \(family.type)\(help)\(unit)"
        }
    }

    /// The samples of a batch.
    static func lines(_ batch: SampleBatch) -> [String] {
        batch.series.flatMap { series in
            let labels = batch.labels[series.labels].map { (batch.text($0.name), batch.text($0.value)) }
            return batch.samples[series.samples].map { sample in
                Reading.line(batch.text(series.name), labels, sample.value, sample.timestamp)
                    + (batch.details(of: sample).map { details($0, in: batch) } ?? "")
            }
        }
    }

    private static func details(_ details: SampleDetails, in batch: SampleBatch) -> String {
        var text = ""
        switch details.kind {
        case .float: break
        case .standIn: text += " standIn"
        case .created: text += " created"
        case .native(let index): text += " " + histogram(batch.histograms[index], in: batch)
        }
        if details.startTimestamp != 0 { text += " since \(details.startTimestamp)" }
        for exemplar in batch.exemplars[details.exemplars] {
            let labels = batch.exemplarLabels[exemplar.labels].map { (batch.text($0.name), batch.text($0.value)) }
            text += " #" + Reading.line("", labels, exemplar.value, exemplar.timestamp)
        }
        return text
    }

    private static func histogram(_ native: NativeHistogram, in batch: SampleBatch) -> String {
        func count(_ count: NativeHistogram.Count) -> String {
            switch count {
            case .integer(let number): "\(number)"
            case .float(let number): "\(number)"
            }
        }
        func buckets(_ buckets: NativeHistogram.Buckets) -> String {
            let spans = batch.spans[buckets.spans].map { "\($0.offset):\($0.length)" }.joined(separator: ",")
            let values =
                if case .integer = native.count {
                    batch.deltas[buckets.values].map { "\($0)" }
                } else {
                    batch.counts[buckets.values].map { "\($0)" }
                }
            return "[\(spans)]=\(values.joined(separator: ","))"
        }
        let zero = "\(count(native.zeroCount))@\(native.zeroThreshold)"
        return "native(\(count(native.count)) schema \(native.schema) zero \(zero) -\(buckets(native.negative)) "
            + "+\(buckets(native.positive)) \(native.resetHint))"
    }
}
