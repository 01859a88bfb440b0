import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import RemoteWrite
import ServiceLifecycle
import Synchronization
import Testing

@testable import EmbeddedReceiver

@Suite("The receiver over a socket", .timeLimit(.minutes(15)))
struct RemoteWriteReceiverTests {
    private let printed = Printed()
    private let logger = Logger(label: "test")

    private func receiver(port: Int = 0) -> RemoteWriteReceiver {
        RemoteWriteReceiver(host: "127.0.0.1", port: port, print: printed.append, logger: logger)
    }

    /// Runs the receiver while the test asks it something, then stops it.
    private func run(_ receiver: RemoteWriteReceiver, _ ask: (Int) async throws -> Void) async throws {
        let group = ServiceGroup(services: [receiver], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await receiver.boundPort())
            try await ask(port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// What comes back for some bytes until the receiver closes the connection.
    private func exchange(_ bytes: [UInt8], port: Int) async throws -> String {
        let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await client.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            var text = ""
            for try await part in inbound { text += String(buffer: part) }
            return text
        }
    }

    private func request(_ body: [UInt8], version: RemoteWriteVersion) -> [UInt8] {
        let changes = ["Content-Length": "\(body.count)", "Connection": "close"]
        let lines = ["POST /api/v1/write HTTP/1.1"] + HTTPHeaders.write(version, changes).map { "\($0): \($1)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    @Test func `both versions are taken, and what is wrong is told`() async throws {
        try await run(receiver()) { port in
            let first = try await exchange(request(Vectors.version1.compressed, version: .v1), port: port)
            #expect(first.hasPrefix("HTTP/1.1 204 No Content\r\n"))
            let second = try await exchange(request(Vectors.version2.compressed, version: .v2), port: port)
            #expect(second.contains("X-Prometheus-Remote-Write-Exemplars-Written: 1\r\n"))
            let third = try await exchange(request(Vectors.nameless.compressed, version: .v1), port: port)
            #expect(third.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(third.hasSuffix("series 0 {a=\"b\"}: label __name__ is missing\n"))
        }
        #expect(printed.all.count == 2)
    }

    @Test func `a test may script the answers`() async throws {
        var receiver = receiver()
        receiver.answer = { _ in ReceiverAnswer(429, "slow down", headers: [.init("Retry-After", "3")]) }
        try await run(receiver) { port in
            let answer = try await exchange(request(Vectors.version1.compressed, version: .v1), port: port)
            #expect(answer.hasPrefix("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\n"))
            #expect(answer.hasSuffix("slow down\n"))
        }
    }

    @Test func `the port is the same each time it is asked for`() async throws {
        let receiver = receiver()
        let before = await receiver.boundPort()
        try await run(receiver) { port in #expect(port == before) }
    }

    @Test func `a port that is taken is an error`() async throws {
        try await run(receiver()) { port in
            let second = receiver(port: port)
            #expect(await second.boundPort() == nil)
            await #expect(throws: (any Error).self) { try await second.run() }
        }
    }

    @Test func `a request in hand is answered at shutdown`() async throws {
        var receiver = receiver()
        receiver.limits.farewell = 300
        let group = ServiceGroup(services: [receiver], logger: logger)
        let bytes = request(Vectors.version1.compressed, version: .v1)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let port = try #require(await receiver.boundPort())
            let client = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try await client.executeThenClose { inbound, outbound in
                // Whoever has the answer to the first request knows that the second has been read as far as it went.
                var text = ""
                var parts = inbound.makeAsyncIterator()
                let first = ByteBuffer(string: "GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n")
                try await outbound.write(ByteBuffer(bytes: first.readableBytesView + bytes.dropLast()))
                while !text.hasSuffix("OK\n"), let part = try await parts.next() { text += String(buffer: part) }
                await group.triggerGracefulShutdown()
                try await outbound.write(ByteBuffer(bytes: bytes.suffix(1)))
                while let part = try await parts.next() { text += String(buffer: part) }
                #expect(text.contains("HTTP/1.1 204 No Content\r\n"))
            }
            try await tasks.waitForAll()
        }
    }

    @Test func `cancellation ends it too`() async throws {
        let receiver = receiver()
        let port = try #require(await receiver.boundPort())
        let running = Task { try await receiver.run() }
        #expect(try await exchange(request(Vectors.version1.compressed, version: .v1), port: port).contains("204"))
        running.cancel()
        try await running.value
    }
}
