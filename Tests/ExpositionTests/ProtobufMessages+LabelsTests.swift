import Exposition
import Fixtures
import Testing

@Suite("Labels in protobuf (B4, B9)")
struct ProtobufLabelsTests {
    private func reading(_ metrics: [[(String, String)]], type: UInt64 = 3) -> ProtobufReading {
        let field: UInt64 = type == 3 ? 5 : type == 2 ? 4 : 7
        return ProtobufReading { body in
            body.family("f", type: type) { for labels in metrics { $0.metric(labels) { $0.message(field) { _ in } } } }
        }
    }

    @Test func `labels are read, whatever the metric before had`() {
        let long = String(repeating: "l", count: 200)
        let metrics: [[(String, String)]] = [
            [("a", "1"), ("b", "2")], [("a", "3"), ("b", "4")], [("a", "5")], [("b", "6"), ("a", "7")], [],
            [("a", "8"), ("b", "9"), ("c", "10")], [("a", long), ("b", "é")], [("a", ""), ("bb", "")], [(long, "x")],
            [(long, "y")], [("a", String(repeating: "v", count: 127)), ("b", String(repeating: "w", count: 120))],
            [("a", "\u{0}"), ("b", "\n\"\\")], [("é.x", "1")], [("é.x", "2")],
        ]
        let lines = metrics.map { "f{\($0.map { "\($0)=\($1)" }.joined(separator: ","))} 0.0" }
        #expect(reading(metrics).samples == lines)
        #expect(reading(metrics.reversed()).samples == lines.reversed())
    }

    @Test func `of a label that says something twice the last counts`() {
        let twice = ProtobufReading { body in
            body.family("f", type: 3) {
                $0.metric([("x", "1")]) { $0.message(5) { _ in } }
                $0.metric {
                    $0.message(1) {
                        $0.text(1, "x")
                        $0.text(2, "1")
                        $0.text(1, "y")
                        $0.text(2, "2")
                    }
                    $0.message(1) { $0.text(1, "x") }
                    $0.message(5) { _ in }
                }
            }
        }
        #expect(twice.samples == ["f{x=1} 0.0", "f{y=2,x=} 0.0"])
    }

    static let refused: [([(String, String)], String)] = [
        ([("", "x")], "invalid label name \"\""), ([("__name__", "x")], "label name \"__name__\" is reserved"),
        ([("a", "1"), ("a", "2")], "duplicate label name \"a\""),
        ([("a", "1"), ("b", "2"), ("a", "")], "duplicate label name \"a\""),
        ((0..<40).map { ("l\($0 % 39)", "x") }, "duplicate label name \"l0\""),
    ]

    @Test(arguments: refused) func `a label has a name of its own`(labels: [(String, String)], problem: String) {
        #expect(reading([labels]).refusal == "message 1 (metric family \"f\"): \(problem)")
        #expect(reading([[("a", "1"), ("b", "2")], labels]).refusal == "message 1 (metric family \"f\"): \(problem)")
    }

    @Test(
        arguments: [
            ([0x61, 0xff], [0x78], "invalid label name \"a\\xff\""), ([0x61], [0xff], "invalid label value \"\\xff\""),
            ([0x61], [0xed, 0xa0, 0x80], "invalid label value \"\\xed\\xa0\\x80\""),
        ] as [([UInt8], [UInt8], String)]) func `a label is valid UTF-8`(name: [UInt8], value: [UInt8], problem: String)
    {
        for before in ["a", "b"] {
            let reading = ProtobufReading { body in
                body.family("f", type: 3) {
                    $0.metric([(before, "1")]) { $0.message(5) { _ in } }
                    $0.metric {
                        $0.message(1) {
                            $0.run(1, name)
                            $0.run(2, value)
                        }
                        $0.message(5) { _ in }
                    }
                }
            }
            #expect(reading.refusal == "message 1 (metric family \"f\"): \(problem)")
        }
    }

    @Test func `a histogram has no label le of its own, and a summary no quantile`() {
        let reserved = "is reserved in a family of this type"
        for type in [4, 5] as [UInt64] {
            #expect(reading([[("a", "1"), ("le", "1")]], type: type).refusal?.hasSuffix("\"le\" \(reserved)") == true)
            #expect(reading([[("quantile", "1")]], type: type).refusal == nil)
        }
        #expect(reading([[("quantile", "1")]], type: 2).refusal?.hasSuffix("\"quantile\" \(reserved)") == true)
        #expect(reading([[("le", "1")]], type: 2).refusal == nil)
        #expect(reading([[("le", "1"), ("quantile", "1")]]).refusal == nil)
        // What another family's metrics are called does not matter, unless it is the same.
        let mixed = ProtobufReading { body in
            body.family("g", type: 3) { $0.metric([("a", "1"), ("le", "1")]) { $0.message(5) { _ in } } }
            body.family("h", type: 4) { $0.metric([("a", "1")]) { $0.message(7) { _ in } } }
            body.family("i", type: 4) { $0.metric([("a", "1"), ("le", "1")]) { $0.message(7) { _ in } } }
        }
        #expect(mixed.refusal?.hasPrefix("message 3 (metric family \"i\"): label name \"le\"") == true)
    }
}
