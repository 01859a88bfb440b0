import Exposition
import Fixtures
import Samples
import Testing

@Suite("The protobuf parser (B3, B8)")
struct ProtobufParserTests {
    private static let body = ProtobufWriter.message { body in
        body.family("h", type: 4, help: "Hélp.") {
            for route in ["/a", "/b"] {
                $0.metric([("route", route), ("code", "200")]) {
                    $0.message(7) {
                        $0.varint(1, 3)
                        $0.message(3) { $0.double(2, 0.25) }
                    }
                }
            }
        }
    }

    @Test func `an empty body is an empty batch`() {
        #expect(ProtobufReading([]) == ProtobufReading())
    }

    @Test func `texts are ranges of the body where they stand in it`() throws {
        var batch = SampleBatch()
        var parser = ProtobufParser()
        batch.arena = Self.body
        try parser.parse(&batch)
        #expect(batch.arena.starts(with: Self.body))
        #expect(batch.families.allSatisfy { $0.name.indices.upperBound <= Self.body.count })
        #expect(batch.families.allSatisfy { $0.help.indices.upperBound <= Self.body.count })
        for label in batch.labels where batch.text(label.name) != "le" {
            #expect(label.name.indices.upperBound <= Self.body.count)
            #expect(label.value.indices.upperBound <= Self.body.count)
        }
        // Names that are the same are so by their places: what reads the batch need not compare them.
        #expect(Set(batch.labels.map(\.name.offset)).count == 3)
        #expect(Set(batch.series.map(\.name.offset)).count == 3)
        let tail = batch.arena.count - Self.body.count
        #expect(tail == 64 + "h_counth_sumh_bucketle0.25+Inf".utf8.count + 16)
    }

    @Test func `after an error the batch is empty but for the arena, and the parser is as before`() throws {
        var parser = ProtobufParser()
        let good = ProtobufReading(Self.body)
        let bad = ProtobufWriter.message { body in
            body.raw(Self.body)
            body.family("n", type: 4) {
                $0.metric([("code", "200")]) {
                    $0.message(7) {
                        $0.message(12) { $0.varint(2, 1) }
                        $0.zigZag(13, 1)
                        $0.message(16) { $0.label("t", "x") }
                        $0.message(3) { $0.message(3) { $0.label("t", "x") } }
                        $0.message(15) { _ in }
                    }
                }
            }
        }
        for _ in 0..<3 {
            var batch = SampleBatch()
            batch.arena = bad
            #expect(throws: ProtobufError.self) { try parser.parse(&batch) }
            #expect(batch.arena.starts(with: bad))
            #expect(batch.series.isEmpty && batch.samples.isEmpty && batch.labels.isEmpty && batch.families.isEmpty)
            #expect(batch.details.isEmpty && batch.exemplars.isEmpty && batch.exemplarLabels.isEmpty)
            #expect(batch.histograms.isEmpty && batch.spans.isEmpty && batch.deltas.isEmpty)
            #expect(ProtobufReading(Self.body, by: &parser) == good)
        }
    }

    @Test func `a batch is canonical afterwards as any other`() throws {
        var batch = SampleBatch()
        var parser = ProtobufParser()
        batch.arena = Self.body
        try parser.parse(&batch)
        let grouping = Grouping(job: [], labels: [.init(name: Array("code".utf8), value: [])])
        try batch.canonicalize(under: grouping)
        #expect(ProtobufReading.lines(batch).first == "h_count{route=/a} 3.0")
        #expect(ProtobufReading.lines(batch).last == "h_bucket{le=+Inf,route=/b} 3.0")
        batch.removeAll()
        batch.arena = Self.body + Self.body
        try parser.parse(&batch)
        #expect(throws: BatchError.self) { try batch.canonicalize(under: grouping) }
    }

    @Test func `the memory of labels that are there again in many series is counted before it is taken`() throws {
        // 1,000 labels and 1,000 buckets in 10 kB are a million labels.
        let body = ProtobufWriter.message { body in
            body.family("h", type: 4) {
                $0.metric((0..<1000).map { ("\($0)", "") }) {
                    $0.message(7) { for _ in 0..<1000 { $0.message(3) { _ in } } }
                }
            }
        }
        var batch = SampleBatch()
        batch.arena = body
        var parser = ProtobufParser()
        try parser.parse(&batch)
        let size = ProtobufParser.largestSize(of: body.span)
        #expect(batch.labels.count == 1_004_001)
        #expect(size > batch.labels.count * 16 && size < batch.labels.count * 17)
        // A broken body asks for what comes before the break.
        for count in stride(from: 0, to: body.count, by: 97) {
            #expect(ProtobufParser.largestSize(of: body.span.extracting(first: count)) <= size)
        }
    }

    @Test func `what is counted covers every vector`() throws {
        for vector in try ProtobufVectorTests.vectors() where vector.accept {
            var batch = SampleBatch()
            var parser = ProtobufParser()
            batch.arena = vector.body
            try parser.parse(&batch)
            let rows = batch.series.count * 64 + batch.labels.count * 16 + batch.details.count * 40
            let more = batch.exemplars.count * 40 + batch.histograms.count * 200 + batch.arena.count - vector.body.count
            #expect(rows + more <= ProtobufParser.largestSize(of: vector.body.span), "\(vector.id)")
        }
    }
}
