import Testing

@testable import Relabeling

@Suite("A regular expression of RE2")
struct ExpressionTests {
    @Test(arguments: ["(", "a**", "[z-a]", "(?=a)", "(?<=a)b", #"(a)\1"#, "a{1001}"])
    func `what RE2 does not take is a flaw with a reason`(text: String) {
        #expect(throws: Expression.Flaw.self) { _ = try Expression(text) }
        do {
            _ = try Expression(text)
        } catch {
            #expect(!error.reason.isEmpty)
        }
    }

    @Test func `it says what its groups captured`() throws {
        let expression = try Expression("(a+)(b)?(?P<last>c*)")
        #expect(expression.groupCount == 3)
        #expect(expression.captures(of: Array("xaac".utf8)) == [1..<4, 1..<3, nil, 3..<4])
        #expect(expression.captures(of: Array("aa".utf8)) == [0..<2, 0..<2, nil, 2..<2])
        #expect(expression.captures(of: Array("x".utf8)) == nil)
        #expect(expression.group(named: Array("last".utf8)) == 3)
        #expect(expression.group(named: Array("first".utf8)) == nil)
        #expect(expression.group(named: []) == nil)
    }

    @Test func `it matches the empty text`() throws {
        #expect(try Expression("").matches([]))
        #expect(try Expression("^()$").captures(of: []) == [0..<0, 0..<0])
        #expect(try !Expression("a").matches([]))
    }

    @Test func `many threads may ask it at once`() async throws {
        let expression = try Expression("^(?s:(x*)(y*))$")
        let text = Array((String(repeating: "x", count: 100) + "y").utf8)
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<200).filter { _ in expression.captures(of: text)?[2] == 100..<101 }.count }
            }
            return await group.reduce(0, +)
        }
        #expect(counts == 1600)
    }
}
