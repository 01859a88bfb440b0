import Testing

@testable import Relabeling

@Suite("What $1 stands for")
struct TemplateTests {
    @Test(arguments: [
        ("$1", "foo"), ("${1}x", "foox"), ("$1x", ""), ("$1-x", "foo-x"), ("$$1", "$1"), ("$$$1", "$foo"),
        ("$0", "foo=bar"),
        ("$name", "bar"), ("${name}s", "bars"), ("$names", ""), ("${1", "${1"), ("$", "$"), ("a$", "a$"),
        ("${}", "${}"),
        ("${1}${2}", "foobar"), ("$01", ""), ("${00}", ""), ("$3", ""), ("$99999999999", ""), ("$ü", ""), ("$-", "$-"),
        ("", ""), ("${1 }", "${1 }"), ("x$1$x$2", "xfoobar"), ("$1_", ""), ("€$1€", "€foo€"),
    ])
    func `groups stand where Go's Expand puts them`(template: String, expected: String) throws {
        let pattern = try Pattern("(.*)=(?<name>.*)")
        let text = Array("foo=bar".utf8)
        let captures = try #require(pattern.captures(of: text))
        #expect(
            String(decoding: Template(template, for: pattern).expand(captures, of: text), as: UTF8.self) == expected)
    }
}
