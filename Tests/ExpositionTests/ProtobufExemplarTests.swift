import Exposition
import Fixtures
import Samples
import Testing

@Suite("Exemplars in protobuf")
struct ProtobufExemplarTests {
    /// What stands behind the value of a counter with this exemplar, or the refusal behind the family.
    private func exemplar(_ write: (inout ProtobufWriter) -> Void) -> String {
        let reading = ProtobufReading { body in
            body.family("c", type: 0) { $0.metric { $0.message(3) { $0.message(2, write) } } }
        }
        return reading.refusal?.replacing("message 1 (metric family \"c\"): ", with: "")
            ?? reading.samples.joined().replacing("c{} 0.0 ", with: "")
    }

    @Test func `an exemplar has labels, a value and a time`() {
        #expect(exemplar { _ in } == "#{} 0.0")
        let text = exemplar {
            $0.double(2, 0.67)
            $0.label("trace_id", "abc")
            $0.message(3) {
                $0.varint(1, 1_520_430_000)
                $0.varint(2, 123_999_999)
            }
        }
        #expect(text == "#{trace_id=abc} 0.67 @1520430000123")
        #expect(exemplar { $0.message(3) { _ in } } == "#{} 0.0 @0")
        #expect(exemplar { $0.double(2, Double(bitPattern: 0x7ff8_0000_0000_0007)) } == "#{} NaN:7ff8000000000001")
    }

    @Test func `its labels are sorted, those without a value are gone`() {
        let text = exemplar {
            for (name, value) in [("b", "1"), ("a", ""), ("B", "2"), ("é", "3"), ("aa", "4")] { $0.label(name, value) }
        }
        #expect(text == "#{B=2,aa=4,b=1,é=3} 0.0")
    }

    static let refused: [([(String, String)], String)] = [
        ([("", "x")], "invalid label name \"\""), ([("a", "1"), ("b", ""), ("a", "")], "duplicate label name \"a\""),
    ]

    @Test(arguments: refused) func `its labels have names of their own`(labels: [(String, String)], problem: String) {
        #expect(exemplar { for (name, value) in labels { $0.label(name, value) } } == problem)
    }

    @Test func `its texts are UTF-8`() {
        #expect(exemplar { $0.message(1) { $0.run(1, [0xff]) } } == "invalid label name \"\\xff\"")
        let value = exemplar {
            $0.message(1) {
                $0.text(1, "a")
                $0.run(2, [0xff])
            }
        }
        #expect(value == "invalid label value \"\\xff\"")
        #expect(exemplar { $0.varint(2, 1) } == "wrong wire type of field 2 of Exemplar")
    }

    @Test(arguments: [2, 17, 40]) func `however many labels, they are sorted and checked`(count: Int) {
        let names = (0..<count).map { "l" + String($0 + 100) }
        let sorted = names.map { "\($0)=v" }.joined(separator: ",")
        #expect(exemplar { for name in names.reversed() { $0.label(name, "v") } } == "#{\(sorted)} 0.0")
        let twice = exemplar { for name in names.reversed() + [names[1]] { $0.label(name, "v") } }
        #expect(twice == "duplicate label name \"l101\"")
    }

    @Test(.timeLimit(.minutes(15))) func `the time for exemplars is not squared`() throws {
        let body = ProtobufWriter.message { body in
            body.family("h", type: 4) { family in
                family.metric { metric in
                    metric.message(7) { histogram in
                        for number in 0..<300_000 {
                            histogram.message(3) { bucket in
                                bucket.double(2, Double(number))
                                bucket.message(3) { $0.label("t", "x") }
                            }
                        }
                    }
                }
            }
        }
        var batch = SampleBatch()
        batch.arena = body
        var parser = ProtobufParser()
        try parser.parse(&batch)
        #expect(batch.exemplars.count == 300_000)
        #expect(batch.exemplarLabels.count == 300_000)
    }

    @Test func `a gauge has none`() {
        let write: (inout ProtobufWriter) -> Void = {
            $0.metric { $0.message(2) { $0.message(2) { $0.double(2, 1) } } }
        }
        #expect(ProtobufReading { $0.family("g", type: 1, metrics: write) }.samples == ["g{} 0.0"])
    }
}
