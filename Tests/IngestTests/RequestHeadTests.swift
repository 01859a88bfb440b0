import NIOHTTP1
import Testing

@testable import Ingest

@Suite("Heads of requests")
struct RequestHeadTests {
    @Test func `a header that is there twice has both values`() throws {
        let head = try RequestHead.reading([("Prefer", "a"), ("Expect", "x"), ("pREFER", " b\t")])
        #expect(head[.prefer] == "a, b")
        #expect(head[.expect] == "x")
        #expect(head[.contentType] == nil)
    }

    @Test func `every header has a place of its own`() {
        #expect(Set(RequestHead.Field.allCases.map(\.rawValue)) == Set(0..<9))
    }

    @Test(arguments: RequestHead.Field.allCases)
    func `a header is found in any case`(field: RequestHead.Field) throws {
        guard field != .contentLength, field != .transferEncoding else { return }
        #expect(try RequestHead.reading([(field.name.uppercased(), "v")])[field] == "v")
        #expect(try RequestHead.reading([(field.name + "s", "v")])[field] == nil)
        #expect(try RequestHead.reading([("x" + field.name.dropFirst(), "v")])[field] == nil)
    }

    @Test(arguments: [
        (nil, true, false), ("close", false, false), ("Keep-Alive", true, true), ("keep-alive, close", false, false),
        ("foo", true, false), ("foo ,\tClose", false, false),
    ])
    func `a connection is kept as RFC 9112 says`(options: String?, in11: Bool, in10: Bool) throws {
        let headers = options.map { [("Connection", $0)] } ?? []
        #expect(try RequestHead.reading(headers).isKeepAlive == in11)
        #expect(try RequestHead.reading(headers, version: "1.0").isKeepAlive == in10)
    }
}
