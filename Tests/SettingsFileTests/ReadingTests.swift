import Settings
import Testing

@testable import SettingsFile

@Suite struct ReadingTests {
    /// Reads `x: <value>`; where it is wrong, the message.
    private func read<Value>(_ value: String, as reading: Reading<Value>) throws -> (value: Value?, message: String?) {
        let node = try #require(try Composer.compose(Array(value.utf8)))
        let report = Report(file: "dir/c.yaml")
        let field = Field(node: node, path: "x", written: "x", report: report)
        let result = reading.read(field)
        #expect((result == nil) == !report.problems.isEmpty)
        return (result, report.problems.first.map { "\($0.path): \($0.message)" })
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("yes", true), ("on", true), ("On", true), ("false", false),
        ("no", false), ("NO", false), ("off", false),
    ])
    func `truth values are those of YAML 1.1`(text: String, value: Bool) throws {
        #expect(try read(text, as: .bool).value == value)
    }

    @Test(arguments: [
        ("'true'", "\"true\""), ("tRUE", "\"tRUE\""), ("1", "\"1\""), ("y", "\"y\""), ("[]", "a list"),
        ("~", "nothing"),
    ])
    func `anything else is no truth value`(text: String, kind: String) throws {
        #expect(try read(text, as: .bool).message == "x: expected true or false, not \(kind)")
    }

    @Test(arguments: [("0", 0), ("10000", 10_000)])
    func `a count is a whole number`(text: String, value: Int) throws {
        #expect(try read(text, as: .count).value == value)
    }

    @Test(arguments: ["-1", "1.5", "1e3", "0x10", "010", "'1'", "~", "{}", "99999999999999999999", "1_000"])
    func `anything else is no count`(text: String) throws {
        #expect(try read(text, as: .count).message?.hasPrefix("x: expected a whole number, not ") == true)
    }

    @Test(arguments: [("a", "a"), ("'a b'", "a b"), ("5", "5"), ("true", "true"), ("''", ""), ("'~'", "~")])
    func `a text is any scalar`(text: String, value: String) throws {
        #expect(try read(text, as: .text).value == value)
    }

    @Test(arguments: [("~", "nothing"), ("[a]", "a list"), ("{a: b}", "a mapping")])
    func `anything else is no text`(text: String, kind: String) throws {
        #expect(try read(text, as: .text).message == "x: expected a text, not \(kind)")
    }

    @Test func `what a type of the settings refuses is refused in its words`() throws {
        #expect(try read("5s", as: .duration).value == .seconds(5))
        #expect(try read("30", as: .duration).message == "x: \(SettingsError.notADuration("30"))")
        #expect(try read("64MiB", as: .size).value == .mebibytes(64))
        #expect(try read("a lot", as: .size).message == "x: \(SettingsError.notASize("a lot"))")
        #expect(try read("[]", as: .size).message == "x: expected a size such as 64MiB, not a list")
        #expect(try read(":3030", as: .address).value == .tcp(host: "0.0.0.0", port: 3030))
    }

    @Test func `a choice names what can be chosen`() throws {
        let format: Reading<LogFormat> = .choice
        #expect(try read("json", as: format).value == .json)
        #expect(try read("'json'", as: format).value == .json)
        #expect(try read("JSON", as: format).message == "x: expected one of logfmt, json, not \"JSON\"")
    }

    @Test func `each item of a list is read`() throws {
        #expect(try read("[a, b]", as: .list(of: .text)).value == ["a", "b"])
        #expect(try read("[]", as: .list(of: .text)).value == [])
        #expect(try read("a", as: .list(of: .text)).message == "x: expected a list, not a text")
        #expect(try read("[a, []]", as: .list(of: .text)).message == "x[1]: expected a text, not a list")
        #expect(try read("a", as: .oneOrMore(of: .text)).value == ["a"])
        #expect(try read("[a, b]", as: .oneOrMore(of: .text)).value == ["a", "b"])
    }

    @Test func `a file has to be there, beside the configuration unless its path is absolute`() throws {
        #expect(try read("/etc/passwd", as: .file).value == "/etc/passwd")
        #expect(
            try read("ca.pem", as: .file).message == "x: \"dir/ca.pem\" cannot be read: No such file or directory")
    }
}
