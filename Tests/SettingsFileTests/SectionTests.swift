import Settings
import Testing

@testable import SettingsFile

@Suite struct SectionTests {
    /// Reads a text and gives back what was said about it.
    private func problems(_ text: String, _ read: (inout Section) -> Void) throws -> [String] {
        let report = Report(file: "c.yaml")
        var section = Section(root: try Composer.compose(Array(text.utf8)), report: report)
        read(&section)
        section.finish()
        return report.problems.map(\.description)
    }

    @Test(arguments: ["max_size: 7", "maxSize: 7"])
    func `a key is written in either form`(text: String) throws {
        var size = 0
        #expect(try problems(text) { $0.read("max_size", into: &size, as: .count) } == [])
        #expect(size == 7)
    }

    @Test func `a key that is not there changes nothing`() throws {
        var size = 5
        #expect(try problems("") { $0.read("max_size", into: &size, as: .count) } == [])
        #expect(size == 5)
    }

    @Test func `a wrong value changes nothing and is a problem at its place`() throws {
        var size = 5
        #expect(
            try problems("maxSize:  x") { $0.read("max_size", into: &size, as: .count) }
                == ["c.yaml:1:11: maxSize: expected a whole number, not \"x\""])
        #expect(size == 5)
    }

    @Test func `a key that stands twice is a problem, in whichever form`() throws {
        var size = 5
        #expect(
            try problems("max_size: 1\nmaxSize: 2\nmax_size: 3") { $0.read("max_size", into: &size, as: .count) } == [
                "c.yaml:2:1: maxSize: is there twice, first in line 1",
                "c.yaml:3:1: max_size: is there twice, first in line 1",
            ])
    }

    @Test func `an unknown key is a problem, with the nearest one or with all`() throws {
        var size = 5
        #expect(
            try problems("max_sise: 1\nMaxSize: 1\nfoo: 2\n'b a': 3\n") {
                $0.read("max_size", into: &size, as: .count)
                $0.read("other", into: &size, as: .count)
            } == [
                "c.yaml:1:1: max_sise: unknown key; did you mean max_size?",
                "c.yaml:2:1: MaxSize: unknown key; did you mean max_size?",
                "c.yaml:3:1: foo: unknown key; possible here: max_size, other",
                "c.yaml:4:1: \"b a\": unknown key; possible here: max_size, other",
            ])
    }

    @Test func `a key that comes later says so`() throws {
        #expect(
            try problems("scrape: {push_gateways: {}}\nscrapes: 1") {
                $0.section("scrape") { $0.section("push_gateways") { _ in } }
            } == [
                "c.yaml:2:1: scrapes: unknown key; did you mean scrape?"
            ])
    }

    @Test(arguments: ["", "a:", "a: ~", "a: {}"])
    func `a section without keys is as if it were not there`(text: String) throws {
        var size = 5
        #expect(try problems(text) { $0.section("a") { $0.read("b", into: &size, as: .count) } } == [])
        #expect(size == 5)
    }

    @Test func `problems within a section have its path`() throws {
        var size = 5
        #expect(
            try problems("someThing: {b: x, c: 1}") {
                $0.section("some_thing") { $0.read("b", into: &size, as: .count) }
            }
                == [
                    "c.yaml:1:16: someThing.b: expected a whole number, not \"x\"",
                    "c.yaml:1:19: someThing.c: unknown key; did you mean b?",
                ])
        #expect(
            try problems("a: [1]") { $0.section("a") { $0.read("b", into: &size, as: .count) } }
                == ["c.yaml:1:4: a: expected a mapping, not a list"])
    }

    @Test func `items are read one by one`() throws {
        var sizes: [Int] = []
        let read: (inout Section) -> Void = { section in
            section.items("a") { item in
                var size = 0
                item.require("b", into: &size, as: .count)
                sizes.append(size)
            }
        }
        #expect(
            try problems("a: [{b: 1}, {}, 5, ~, {b: x}]", read) == [
                "c.yaml:1:13: a[1].b: is missing", "c.yaml:1:17: a[2]: expected a mapping, not a text",
                "c.yaml:1:20: a[3]: expected a mapping, not nothing",
                "c.yaml:1:27: a[4].b: expected a whole number, not \"x\"",
            ])
        #expect(sizes == [1, 0, 0, 0, 0])
        #expect(try problems("a: {b: 1}", read) == ["c.yaml:1:4: a: expected a list, not a mapping"])
        #expect(try problems("a:", read) == [])
        #expect(sizes.count == 5)
    }

    @Test func `a file that is no mapping is a problem`() throws {
        #expect(try problems("- a") { _ in } == ["c.yaml:1:1: expected a mapping, not a list"])
        #expect(try problems("a") { _ in } == ["c.yaml:1:1: expected a mapping, not a text"])
    }

    @Test func `the report knows where each setting stands`() throws {
        let report = Report(file: "c.yaml")
        var section = Section(root: try Composer.compose(Array("aB:\n  - c: 7".utf8)), report: report)
        var size = 0
        section.items("a_b") { $0.read("c", into: &size, as: .count) }
        #expect(report.positions["a_b[0].c"]?.place == Place(line: 2, column: 8))
        #expect(report.positions["a_b[0].c"]?.written == "aB[0].c")
        #expect(report.positions["a_b"]?.written == "aB")
    }
}
