import Exposition
import Fixtures
import Samples

/// Writes what the text parser made of a body as delimited protobuf, as client libraries do.
package struct Delimited {
    private var batch = SampleBatch()
    private var body = ProtobufWriter()
    /// The series that comes next.
    private var next = 0

    /// The body for the same samples; a histogram that is cut short is completed.
    package static func body(of text: [UInt8]) throws -> [UInt8] {
        var parser = TextParser()
        var writer = Delimited()
        writer.batch.arena = text
        try parser.parse(&writer.batch, canonicalBuckets: true)
        for family in writer.batch.families { writer.add(family) }
        precondition(writer.next == writer.batch.series.count, "all series belong to a family")
        return writer.body.bytes
    }

    private mutating func add(_ family: Family) {
        let name = batch.text(family.name)
        let message = ProtobufWriter.message { message in
            message.text(1, name)
            message.text(2, "What this is.")
            message.varint(3, family.type == .counter ? 0 : family.type == .gauge ? 1 : 4)
            while next < batch.series.count, batch.text(batch.series[next].name).hasPrefix(name) {
                message.message(4) { family.type == .histogram ? addHistogram(&$0) : addValue(&$0, family.type) }
            }
        }
        body.varint(UInt64(message.count))
        body.raw(message)
    }

    private func labels(_ series: Series) -> [(String, String)] {
        batch.labels[series.labels].map { (batch.text($0.name), batch.text($0.value)) }
    }

    private mutating func addValue(_ metric: inout ProtobufWriter, _ type: MetricType) {
        let series = batch.series[next]
        for (name, value) in labels(series) { metric.label(name, value) }
        let value = batch.samples[series.samples.lowerBound].value
        metric.message(type == .counter ? 3 : 2) { $0.double(1, value) }
        next += 1
    }

    private mutating func addHistogram(_ metric: inout ProtobufWriter) {
        let own = labels(batch.series[next]).filter { $0.0 != "le" }
        for (name, value) in own { metric.label(name, value) }
        var (count, sum, buckets) = (0.0, 0.0, [(Double, Double)]())
        while next < batch.series.count {
            let series = batch.series[next]
            let labels = labels(series)
            guard labels.filter({ $0.0 != "le" }).elementsEqual(own, by: ==) else { break }
            let value = batch.samples[series.samples.lowerBound].value
            if let bound = labels.first(where: { $0.0 == "le" })?.1 {
                buckets.append((Double(bound) ?? .infinity, value))
            } else if batch.text(series.name).hasSuffix("_sum") {
                sum = value
            } else {
                count = value
            }
            next += 1
        }
        metric.message(7) { histogram in
            histogram.varint(1, UInt64(count))
            histogram.double(2, sum)
            for (bound, value) in buckets {
                histogram.message(3) {
                    $0.varint(1, UInt64(value))
                    $0.double(2, bound)
                }
            }
        }
    }
}
