import Exposition
import Testing

@Suite("Labels that are there twice")
struct TextLinesDuplicatesTests {
    @Test(arguments: [2, 3, 15, 16, 17, 18, 63, 64, 65, 66, 300]) func `a name is found again among any number`(
        count: Int
    ) {
        let labels = (0..<count).map { "l\($0)=\"\($0)\"" }
        #expect(Reading("foo{\(labels.joined(separator: ","))} 1\n").samples.count == 1)
        for (first, second) in [(0, count - 1), (count - 2, count - 1), (0, 1), (count / 2, count - 1)]
        where first < second {
            var twice = labels
            twice[second] = first % 2 == 0 ? "l\(first)=\"\"" : "\"l\(first)\"=\"x\""
            let line = "foo{\(twice.joined(separator: ","))} 1\n"
            #expect(Reading("bar 1\n" + line).refusal == "line 2: duplicate label names for metric \"foo\"")
            let quoted = "{\"foo\",\(twice.joined(separator: ","))} 1\n"
            #expect(Reading(quoted).refusal == "line 1: invalid metric name")
        }
    }

    @Test(arguments: [
        "a=\"1\",A=\"1\"", "a=\"1\",aa=\"1\"", "a=\"1\",\"a.\"=\"1\"", "\"a\\n\"=\"1\",\"an\"=\"1\"",
        "\"é\"=\"\",\"e\u{301}\"=\"\"",
    ])
    func `names that only look alike are two`(labels: String) {
        #expect(Reading("foo{\(labels)} 1\n").samples.count == 1)
    }

    @Test func `names with escapes are compared without them`() {
        let many = (0..<20).map { "l\($0)=\"\"" }.joined(separator: ",")
        for labels in [many, "a=\"\""] {
            #expect(Reading("foo{\(labels),\"b\\n\"=\"\",\"b\\\\n\"=\"\",\"bn\"=\"\"} 1\n").samples.count == 1)
            #expect(
                Reading("foo{\"b\\n\"=\"\",\(labels),\"b\\n\"=\"\"} 1\n").refusal
                    == "line 1: duplicate label names for metric \"foo\"")
        }
    }

    @Test func `thousands of labels in a line are looked through at once`() {
        let labels = (0..<20_000).map { "l\($0)=\"\"" }.joined(separator: ",")
        #expect(Reading("foo{\(labels)} 1\n").refusal == nil)
        #expect(Reading("foo{\(labels),l7=\"\"} 1\n").refusal == "line 1: duplicate label names for metric \"foo\"")
    }
}
