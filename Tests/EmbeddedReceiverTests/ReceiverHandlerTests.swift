import NIOCore
import NIOEmbedded
import NIOHTTP1
import RemoteWrite
import Testing

@testable import EmbeddedReceiver

@Suite("A connection of the receiver")
struct ReceiverHandlerTests {
    private let printed = Printed()

    /// A connection of a receiver with these limits, as bytes go over it.
    private func connection(_ limits: ReceiverLimits = ReceiverLimits()) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        let connections = OpenConnections(limits: limits)
        try RemoteWriteReceiver.configure(
            channel, endpoint: WriteEndpoint(printed: printed, limits: limits), connections: connections)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func request(
        _ body: [UInt8], _ changes: [String: String?] = [:], version: RemoteWriteVersion = .v1, method: String = "POST"
    ) -> ByteBuffer {
        let headers = HTTPHeaders.write(version, ["Content-Length": "\(body.count)"].merging(changes) { $1 })
        let lines = ["\(method) /api/v1/write HTTP/1.1"] + headers.map { "\($0): \($1)" }
        return ByteBuffer(bytes: Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    private func answers(of channel: EmbeddedChannel) throws -> String {
        channel.embeddedEventLoop.run()
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        return text
    }

    @Test func `a write is answered and the next one is taken`() throws {
        let channel = try connection()
        for _ in 0..<3 {
            try channel.writeInbound(request(Vectors.version1.compressed))
            #expect(try answers(of: channel) == "HTTP/1.1 204 No Content\r\n\r\n")
        }
        #expect(printed.all.count == 3)
        #expect(channel.isActive)
    }

    @Test func `writes sent one behind the other are answered in order`() throws {
        let channel = try connection()
        var bytes = request(Vectors.nameless.compressed)
        bytes.writeImmutableBuffer(request(Vectors.version1.compressed))
        try channel.writeInbound(bytes)
        let answers = try answers(of: channel)
        #expect(answers.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answers.hasSuffix("label __name__ is missing\nHTTP/1.1 204 No Content\r\n\r\n"))
    }

    @Test func `a body may come byte by byte`() throws {
        let channel = try connection()
        for byte in request(Vectors.version2.compressed, version: .v2).readableBytesView {
            try channel.writeInbound(ByteBuffer(bytes: [byte]))
        }
        #expect(try answers(of: channel).contains("X-Prometheus-Remote-Write-Samples-Written: 1\r\n"))
    }

    @Test func `a client that asks is told to continue`() throws {
        let channel = try connection()
        let body = Vectors.version1.compressed
        let head = request([], ["Content-Length": "\(body.count)", "Expect": "100-continue"])
        try channel.writeInbound(head)
        #expect(try answers(of: channel) == "HTTP/1.1 100 Continue\r\n\r\n")
        try channel.writeInbound(ByteBuffer(bytes: body))
        #expect(try answers(of: channel) == "HTTP/1.1 204 No Content\r\n\r\n")
    }

    @Test func `a client that asks and is refused is answered at once`() throws {
        let channel = try connection()
        try channel.writeInbound(
            request([], ["Content-Length": "5", "Expect": "100-continue", "Content-Type": "text/plain"]))
        let answer = try answers(of: channel)
        #expect(answer.hasPrefix("HTTP/1.1 415 Unsupported Media Type\r\n"))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(!channel.isActive)
    }

    @Test func `a refused body is read, and the connection goes on`() throws {
        let channel = try connection()
        try channel.writeInbound(request([1, 2, 3], ["Content-Encoding": "gzip"]))
        #expect(try answers(of: channel).hasPrefix("HTTP/1.1 415 Unsupported Media Type\r\n"))
        try channel.writeInbound(request(Vectors.version1.compressed))
        #expect(try answers(of: channel).hasPrefix("HTTP/1.1 204 No Content\r\n"))
    }

    @Test func `a body without a length is counted`() throws {
        var limits = ReceiverLimits()
        limits.bodyBytes = 10
        let channel = try connection(limits)
        try channel.writeInbound(request([], ["Content-Length": nil, "Transfer-Encoding": "chunked"]))
        try channel.writeInbound(ByteBuffer(string: "8\r\n12345678\r\n"))
        #expect(try answers(of: channel).isEmpty)
        try channel.writeInbound(ByteBuffer(string: "8\r\n12345678\r\n0\r\n\r\n"))
        #expect(try answers(of: channel).hasSuffix("\r\n\r\nthe body has more than 10 bytes\n"))
        #expect(channel.isActive)
    }

    @Test func `a refused body without an end is not read for ever`() throws {
        var limits = ReceiverLimits()
        limits.discardedBytes = 100
        let channel = try connection(limits)
        try channel.writeInbound(request([], ["Content-Length": "99999999"]))
        for _ in 0..<10 { _ = try? channel.writeInbound(ByteBuffer(repeating: 0, count: 20)) }
        let answer = try answers(of: channel)
        #expect(answer.hasPrefix("HTTP/1.1 413 "))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(!channel.isActive)
    }

    @Test func `bodies together are bounded, and what they held is given back`() throws {
        var limits = ReceiverLimits()
        limits.heldBytes = 50
        let channel = try connection(limits)
        let body = Vectors.version1.compressed
        #expect(body.count < 50)
        try channel.writeInbound(request(Array(repeating: 0, count: 51)))
        let refusal = try answers(of: channel)
        #expect(refusal.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
        #expect(refusal.contains("Retry-After: 1\r\n"))
        for _ in 0..<3 {
            try channel.writeInbound(request(body))
            #expect(try answers(of: channel).hasPrefix("HTTP/1.1 204"))
        }
    }

    @Test func `a client that wants the connection closed gets it closed`() throws {
        let channel = try connection()
        try channel.writeInbound(request(Vectors.version1.compressed, ["Connection": "close"]))
        #expect(try answers(of: channel) == "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        #expect(!channel.isActive)
    }

    @Test func `an answer to HEAD has no body`() throws {
        let channel = try connection()
        try channel.writeInbound(ByteBuffer(string: "HEAD /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n"))
        #expect(try answers(of: channel).hasSuffix("Content-Length: 3\r\n\r\n"))
    }

    @Test func `what is no HTTP is answered 400 and closed`() throws {
        let channel = try connection()
        _ = try? channel.writeInbound(ByteBuffer(string: "hello\r\n\r\n"))
        #expect(try answers(of: channel).hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(!channel.isActive)
    }

    @Test func `a silent connection is closed`() throws {
        let channel = try connection()
        channel.pipeline.fireUserInboundEventTriggered(IdleStateHandler.IdleStateEvent.all)
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
    }

    @Test func `connections over the limit are not taken`() throws {
        var limits = ReceiverLimits()
        limits.connections = 1
        let connections = OpenConnections(limits: limits)
        let first = EmbeddedChannel()
        let second = EmbeddedChannel()
        #expect(connections.add(first))
        #expect(!connections.add(second))
        connections.remove(first)
        #expect(connections.add(second))
    }
}
