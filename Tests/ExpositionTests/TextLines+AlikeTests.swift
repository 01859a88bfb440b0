import Exposition
import Testing

@Suite("Lines like the ones before")
struct TextLinesAlikeTests {
    /// Lines that begin alike and go on differently.
    static let lines = [
        "foo 1", "foo  1", "foo 1 5", "foo{} 1", "foo {} 1", "foo {a=\"b\"} 1", "foo{a=\"b\"} 1", "foo{a=\"b\"}1",
        "foo{a=\"b\"}  1",
        "foo{a=\"b\"} 1 5", "foo{a=\"b\",} 1", "foo{a=\"b\" } 1", "foo{a=\"b\",c=\"d\"} 1", "foo{a=\"b\", c=\"d\"} 1",
        "foo{a=\"\"} 1",
        "foo{a=\"\\\\\"} 1", "foo{a=\"é\",c=\"d\"} 1", "foo{a=\"b\",c=\"é\\n\"} 1", "fool 1", "foo1 1", "foo+1",
        "foo-1", "foo.5", " foo 1",
        "foo NaN", "foo{a=\"b\"} NaN", "foo 12345678901234567890123", "h_bucket{le=\"1\"} 1", "h_bucket{le=\"0.5\"} 1",
        "h_bucket{le=\"+Inf\"} 1 7", "h_bucket{a=\"1\"} 1", "h_bucket{a=\"1\"} -1", "h_bucket{a=\"1\",le=\"1\"} 1",
        "h_count 5",
        "h_sum -1", "{\"foo\"} 1", "{\"foo\"}1", "{\"foo\",a=\"b\"} 1", "{a=\"b\",\"foo\"} 1", "\"foo\" 1",
        "\"foo\"{a=\"b\"} 1", "# foo 1", "",
        "foo\t1", "foo{a=\"b\"}\t1", "foo{a=\" b\"} 1", "foo{a=\"b\",c=\"\"} 1", "foo{a=\"}\"} 1",
    ]

    /// Lines that are refused.
    static let broken = [
        "foo x", "foo", "foo{a=\"b\"}", "foo{a=\"b\"", "foo{a=\"b", "foo{a=\"b\\x\"} 1",
        "foo{a=\"b\",c=\"d\",a=\"e\"} 1", "foo 1 x", "foo 1 2 3",
        "foo{a=\"b\"} 1x", "h_bucket{le=\"1\"} -1", "h_bucket{le=\"x\"} 1", "h_count -1", "foo{a=\"b\",c=\"d\"",
        "foo{a=\"b\",c=\"d\"}",
    ]

    @Test func `a line means the same whichever lines come before it`() {
        let head = "# TYPE h histogram\n"
        for first in Self.lines {
            for second in Self.lines {
                let alone = Reading(head + second + "\n").samples
                let pair = Reading(head + first + "\n").samples + alone
                let reading = Reading(head + "\(first)\n\(second)\n\(first)\n\(second)\n")
                #expect(reading.samples == pair + pair, "\(first) before \(second): \(reading)")
            }
        }
    }

    @Test func `a broken line is refused in the same words whichever lines come before it`() {
        let head = "# TYPE h histogram\n"
        for line in Self.broken {
            let alone = Reading(head + line + "\n").refusal
            #expect(alone?.hasPrefix("line 2: ") == true, "\(line)")
            for first in Self.lines {
                for second in Self.lines.prefix(24) {
                    let reading = Reading(head + "\(first)\n\(second)\n\(line)\n")
                    #expect(
                        reading.refusal == alone?.replacing("line 2:", with: "line 4:"), "\(first), \(second), \(line)")
                }
            }
        }
    }

    @Test func `families that take turns keep their own labels`() {
        var dice = Dice(state: 5)
        var body = "# TYPE h histogram\n"
        var expected: [String] = []
        for index in 0..<4000 {
            guard let line = Self.lines.randomElement(using: &dice) else { continue }
            let numbered = line.replacing("\"b\"", with: "\"b\(index)\"").replacing("\"d\"", with: "\"d\(index % 10)\"")
            body += numbered + "\n"
            expected += Reading("# TYPE h histogram\n" + numbered + "\n").samples
        }
        #expect(Reading(body).samples == expected)
    }
}
