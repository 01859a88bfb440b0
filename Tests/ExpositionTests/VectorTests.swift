import Exposition
import Fixtures
import Samples
import Testing

@Suite("The shared vectors (B4 to B6, B9, B11)")
struct VectorTests {
    static func vectors(_ formats: Set<String>) throws -> [ExpositionVector] {
        try Fixtures.expositionVectors().filter { formats.contains($0.format) }
    }

    @Test func `text 0.0.4 becomes what the vectors say`() throws {
        let vectors = try Self.vectors(["text-0.0.4"])
        #expect(vectors.count >= 164)
        for vector in vectors { try check(vector) }
    }

    @Test func `text 1.0.0 becomes what the vectors say`() throws {
        let vectors = try Self.vectors(["text-1.0.0"])
        #expect(vectors.count >= 22)
        for vector in vectors { try check(vector) }
    }

    @Test func `OpenMetrics becomes what the vectors say`() throws {
        let vectors = try Self.vectors(["openmetrics-1.0.0"])
        #expect(vectors.count >= 52)
        for vector in vectors { try check(vector, by: OpenMetricsParser()) }
    }

    @Test func `a vector means the same wherever in the memory it stands`() throws {
        var parser = TextParser()
        for vector in try Self.vectors(["text-0.0.4", "text-1.0.0"])
        where !vector.body.starts(with: [0xef, 0xbb, 0xbf]) {
            let expected = Reading(vector.body)
            let behindLine = Reading(refusal: expected.refusal?.replacing("line 1:", with: "line 2:"))
            for shift in 0...70 {
                let behindBlanks = Reading(Array(repeating: 0x20, count: shift) + vector.body, by: &parser)
                #expect(behindBlanks == expected, "\(vector.id) behind \(shift) blanks")
                let remark = Array("#\(String(repeating: "-", count: shift))\n".utf8)
                let reading = Reading(remark + vector.body, by: &parser)
                guard expected.refusal?.hasPrefix("line 1:") ?? true else { continue }
                #expect(reading.samples == expected.samples, "\(vector.id) behind \(shift) bytes")
                #expect(reading.refusal == behindLine.refusal, "\(vector.id) behind \(shift) bytes")
            }
        }
    }

    @Test func `an OpenMetrics vector means the same wherever in the memory it stands`() throws {
        var parser = OpenMetricsParser()
        for vector in try Self.vectors(["openmetrics-1.0.0"]) {
            let expected = Reading(Array("# HELP pad \n".utf8) + vector.body, by: &parser)
            for shift in 1...70 {
                let pad = Array("# HELP pad \(String(repeating: "-", count: shift))\n".utf8)
                let reading = Reading(pad + vector.body, by: &parser)
                #expect(reading.samples == expected.samples, "\(vector.id) behind \(shift) bytes")
                #expect(reading.refusal == expected.refusal, "\(vector.id) behind \(shift) bytes")
            }
        }
    }

    private func check(_ vector: ExpositionVector, by parser: some BodyParser = TextParser()) throws {
        var batch = SampleBatch()
        var parser = parser
        batch.arena = vector.body
        do {
            try parser.parse(&batch, canonicalBuckets: true)
            try batch.canonicalize(under: Grouping(job: []))
        } catch let error as ExpositionError {
            #expect(!vector.accept, "\(vector.id) \(vector.note): \(error.description)")
            if error.dialect == .prometheus, let expected = vector.pushgateway_error,
                expected.hasPrefix("text format parsing error")
            {
                #expect(error.description == expected, "\(vector.id)")
            }
            return
        } catch {
            #expect(!vector.accept, "\(vector.id) \(vector.note): \(error)")
            return
        }
        #expect(vector.accept, "\(vector.id) \(vector.note) is accepted")
        guard vector.accept else { return }
        #expect(samples(of: batch) == expected(vector), "\(vector.id) \(vector.note)")
    }

    /// One line for each sample, sorted; values by their bits.
    private func samples(of batch: SampleBatch) -> [String] {
        batch.series.flatMap { series in
            let labels = batch.labels[series.labels].map { "\(batch.text($0.name))=\(batch.text($0.value))" }
            return batch.samples[series.samples].map { sample in
                let exemplars = batch.exemplars[batch.details(of: sample)?.exemplars ?? 0..<0].map { exemplar in
                    let labels = batch.exemplarLabels[exemplar.labels].map {
                        "\(batch.text($0.name))=\(batch.text($0.value))"
                    }
                    return line("exemplar", labels, exemplar.value, exemplar.timestamp)
                }
                return line(batch.text(series.name), labels, sample.value, sample.timestamp) + exemplars.joined()
            }
        }.sorted()
    }

    private func expected(_ vector: ExpositionVector) -> [String] {
        vector.samples.map { sample in
            // An empty grouping label takes the body's away, and so does an empty value.
            let labels = sample.labels.filter { !$0.value.isEmpty && $0.key != "job" }.map { "\($0.key)=\($0.value)" }
            let exemplars = (sample.exemplars ?? []).map { exemplar in
                line("exemplar", exemplar.labels.map { "\($0)=\($1)" }, exemplar.value.number, exemplar.timestamp_ms)
            }
            return line(sample.name, labels, sample.value?.number ?? .nan, sample.timestamp_ms) + exemplars.joined()
        }.sorted()
    }

    private func line(_ name: String, _ labels: [String], _ value: Double, _ timestamp: Int64?) -> String {
        let bits = value.isNaN ? 0x7ff8_0000_0000_0001 : value.bitPattern
        return "\(name) \(labels.sorted()) \(bits) \(timestamp.map(String.init) ?? "now")"
    }
}
