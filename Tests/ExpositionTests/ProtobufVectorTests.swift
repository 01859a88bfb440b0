import Exposition
import Fixtures
import Samples
import Testing

@Suite("The shared vectors in protobuf (B1, B3, B9, B11, B12)")
struct ProtobufVectorTests {
    static func vectors() throws -> [ExpositionVector] { try VectorTests.vectors(["protobuf-delimited"]) }

    @Test func `delimited protobuf becomes what the vectors say`() throws {
        let vectors = try Self.vectors()
        #expect(vectors.count >= 25)
        var parser = ProtobufParser()
        for vector in vectors {
            var batch = SampleBatch()
            batch.arena = vector.body
            do {
                try parser.parse(&batch)
                try batch.canonicalize(under: Grouping(job: []))
            } catch {
                #expect(!vector.accept, "\(vector.id) \(vector.note): \(error)")
                continue
            }
            #expect(vector.accept, "\(vector.id) \(vector.note) is accepted")
            #expect(samples(of: batch) == vector.samples.map(line).sorted(), "\(vector.id) \(vector.note)")
        }
    }

    @Test func `what is left of an accepted vector is an error, or the samples of its first messages`() throws {
        var parser = ProtobufParser()
        for vector in try Self.vectors() where vector.accept {
            let whole = ProtobufReading(vector.body, by: &parser)
            for count in 0..<vector.body.count {
                let reading = ProtobufReading(Array(vector.body.prefix(count)), by: &parser)
                #expect(whole.samples.starts(with: reading.samples), "\(vector.id) to byte \(count)")
                #expect(reading.samples.count < whole.samples.count || reading.refusal == nil)
                // A message that is cut off is never taken for one that is not there.
                if reading.refusal == nil, count > 0 { #expect(ends(vector.body, at: count), "\(vector.id) \(count)") }
            }
        }
    }

    @Test func `a vector means the same wherever in the memory it stands`() throws {
        for vector in try Self.vectors() where !vector.body.isEmpty {
            let expected = ProtobufReading(vector.body)
            for shift in 0...70 {
                // An unknown field of the body's only kind of message, which has no metrics.
                let shifted = ProtobufReading { writer in
                    writer.delimited { $0.run(99, Array(repeating: 0x41, count: shift)) }
                    writer.raw(vector.body)
                }
                #expect(shifted.samples == expected.samples, "\(vector.id) behind \(shift) bytes")
                #expect((shifted.refusal == nil) == (expected.refusal == nil), "\(vector.id) behind \(shift) bytes")
            }
        }
    }

    /// Whether a message ends there.
    private func ends(_ body: [UInt8], at index: Int) -> Bool {
        var end = 0
        while end < index { end += 1 + Int(body[end]) }
        return end == index
    }

    /// The samples that destinations get which take native histograms, one line for each, sorted.
    private func samples(of batch: SampleBatch) -> [String] {
        var taken = batch
        taken.series = batch.series.filter { series in
            !batch.samples[series.samples].contains { batch.details(of: $0)?.kind == .standIn }
        }
        return ProtobufReading.lines(taken).sorted()
    }

    private func line(_ sample: ExpositionVector.Sample) -> String {
        let labels = sample.labels.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        let value = number(sample.value?.number ?? sample.histogram?.sum.number ?? .nan)
        var text = Reading.line(sample.name, labels.map { ($0.key, $0.value) }, value, sample.timestamp_ms)
        if let histogram = sample.histogram { text += " " + line(histogram) }
        if let start = sample.start_timestamp_ms { text += " since \(start)" }
        for exemplar in sample.exemplars ?? [] {
            let labels = exemplar.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            text += " #" + Reading.line("", labels, number(exemplar.value.number), exemplar.timestamp_ms)
        }
        return text
    }

    private func number(_ value: Double) -> Double {
        value.isNaN ? Double(bitPattern: 0x7ff8_0000_0000_0001) : value
    }

    private func line(_ native: ExpositionVector.Histogram) -> String {
        func number(_ value: Double) -> String { native.kind == "int" ? "\(UInt64(value))" : "\(value)" }
        func buckets(_ spans: [[Int64]], _ deltas: [Int64]?, _ counts: [Double]?) -> String {
            let values = deltas?.map { "\($0)" } ?? counts?.map { "\($0)" } ?? []
            return "[\(spans.map { "\($0[0]):\($0[1])" }.joined(separator: ","))]=\(values.joined(separator: ","))"
        }
        let zero = "\(number(native.zero_count))@\(native.zero_threshold)"
        let negative = buckets(native.negative_spans, native.negative_deltas, native.negative_counts)
        let positive = buckets(native.positive_spans, native.positive_deltas, native.positive_counts)
        return "native(\(number(native.count)) schema \(native.schema) zero \(zero) -\(negative) +\(positive) "
            + "\(native.reset_hint.lowercased()))"
    }
}
