import Foundation
import Testing

@Suite("The contract and the tests agree")
struct StatementTests {
    /// The numbers of the statements in `docs/http-api.md`.
    private func statements() throws -> [String] {
        try Checkout.text("docs/http-api.md").matches(of: /\* \*\*([RGBLA]\d+)\.\*\*/).map { String($0.1) }
    }

    /// The numbers in the names of tests and suites, ranges such as `B5 to B9` and `B5–B8` among them.
    private func named() throws -> Set<String> {
        var named: Set<String> = []
        for file in try Checkout.swiftFiles(under: "Tests") where !file.path.hasPrefix("Architecture/") {
            let names = file.text.matches(of: /@Suite\("([^"]*)"|func `([^`]*)`/).map { String($0.1 ?? $0.2 ?? "") }
            for name in names {
                for match in name.matches(of: /\b([RGBLA])(\d+)(?:(?: to |–)[RGBLA]?(\d+))?\b/) {
                    guard let first = Int(match.2) else { continue }
                    let last = match.3.flatMap { Int($0) } ?? first
                    for number in first...max(first, last) { named.insert("\(match.1)\(number)") }
                }
            }
        }
        return named
    }

    @Test func `the statements of docs/http-api.md are numbered without a gap but for what is to come`() throws {
        let all = try statements()
        #expect(Set(all).count == all.count)
        for (letter, count) in [("R", 8), ("G", 9), ("B", 13), ("L", 4)] {
            #expect(all.filter { $0.hasPrefix(letter) } == (1...count).map { "\(letter)\($0)" })
        }
    }

    @Test func `every statement of docs/http-api.md is named by a test`() throws {
        let named = try named()
        #expect(try statements().filter { !named.contains($0) } == [])
    }
}
