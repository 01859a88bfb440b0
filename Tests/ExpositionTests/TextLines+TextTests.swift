import Exposition
import Samples
import Testing

@Suite("Texts in quotes and their escapes")
struct TextLinesTextTests {
    @Test func `escapes and quotes are found at every place of a block`() {
        for length in 0...140 {
            let fill = String(repeating: "v", count: length)
            for (written, text) in [
                ("", ""), ("\\\\", "\\"), ("\\n", "\n"), ("\\\"", "\""), ("é", "é"), ("\u{0}", "\u{0}"),
                ("\\\\\\\"", "\\\""),
            ] {
                for (value, expected) in [
                    (fill + written, fill + text), (written + fill + written, text + fill + text),
                ] {
                    let lines = "foo{a=\"\(value)\",b=\"\(value)\"} 1\nfoo{a=\"x\",b=\"\(value)\"} 1\n"
                    #expect(
                        Reading(lines).samples == [
                            "foo{a=\(expected),b=\(expected)} 1.0", "foo{a=x,b=\(expected)} 1.0",
                        ])
                }
            }
        }
    }

    @Test func `many escapes share the arena with the body`() {
        let count = 3000
        let lines = (0..<count).map { "{\"n\\\\\($0 % 7)\",\"l\\\"\($0)\"=\"\\n\($0)\\\\\",le=\"\($0)\"} \($0)\n" }
        let types = (0..<7).map { "# TYPE \"n\\\\\($0)\" histogram\n" }
        let expected = (0..<count).map { index in
            let bound = String(Double(index))
            return "n\\\(index % 7){l\"\(index)=\n\(index)\\,le=\(bound)} \(Double(index))"
        }
        let reading = Reading((types + lines).joined())
        #expect(reading.refusal == nil)
        #expect(reading.samples == expected)
    }

    @Test func `texts without escapes stay where they are in the body`() throws {
        var batch = SampleBatch()
        var parser = TextParser()
        let body = Array("# TYPE h histogram\nh_bucket{a=\"é b\",le=\"0.5\"} 1\nh_bucket{a=\"c\",le=\"+Inf\"} 2\n".utf8)
        batch.arena = body
        try parser.parse(&batch, canonicalBuckets: true)
        #expect(batch.arena.starts(with: body))
        let ranges =
            batch.series.map(\.name) + batch.labels.flatMap { [$0.name, $0.value] } + batch.families.map(\.name)
        #expect(ranges.allSatisfy { $0.indices.upperBound <= body.count })
        #expect(batch.families.map { batch.text($0.name) } == ["h"])
    }

    @Test(arguments: [1, 63, 64, 65, 1000, 100_000]) func `names and values may be long`(length: Int) {
        let long = String(repeating: "n", count: length)
        let escaped = String(repeating: "\\n", count: length)
        let unescaped = String(repeating: "\n", count: length)
        let lines = "\(long){\(long)=\"\(long)\"} 1\n{\"\(escaped)\",\"\(escaped)\"=\"\(escaped)\"} 2\n"
        let expected = ["\(long){\(long)=\(long)} 1.0", "\(unescaped){\(unescaped)=\(unescaped)} 2.0"]
        #expect(Reading("# HELP \(long) \(long)\n#\(long)\n" + lines + lines).samples == expected + expected)
        let blanks = String(repeating: " ", count: length)
        let line =
            "\(blanks)foo\(blanks){\(blanks)a\(blanks)=\(blanks)\"b\"\(blanks),\(blanks)}\(blanks)1\(blanks)5\(blanks)\n"
        #expect(Reading(line + line).samples == ["foo{a=b} 1.0 @5", "foo{a=b} 1.0 @5"])
    }
}
