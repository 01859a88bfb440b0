import NIOCore
import NIOEmbedded
import NIOHTTP1
import Telemetry
import Testing

@testable import Ingest

@Suite("A connection that cannot be served: contract L3")
struct RefusingHandlerTests {
    @Test func `it is told why, and closed`() throws {
        let bench = Bench()
        let channel = EmbeddedChannel()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        let handler = RefusingHandler(.tooManyConnections(limit: 7), pipeline)
        try channel.pipeline.syncOperations.addHandler(handler)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 4_711), promise: nil)
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        let reply = try #require(Reply.one(text))
        #expect(reply.refuses(503, "limits.connections, 7"))
        #expect(reply.headers["retry-after"] == "1")
        #expect(reply.headers["connection"] == "close")
        #expect(!channel.isActive)
        #expect(bench.answered == [.init(handler: "other", method: "other", code: 503): 1])
        _ = try channel.finish(acceptAlreadyClosed: true)
    }
}
