import Compression
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A destination on loopback that answers as its script says, byte by byte.
final class FakeDestination: Sendable {
    struct Request: Sendable {
        var head: HTTPRequestHead
        var body: [UInt8]
        /// Which connection it came on, from 1.
        var connection: Int
        /// Which request of all it is, from 1.
        var number: Int

        /// The body, decompressed.
        var text: String {
            let bytes = try? Snappy.decompress(body.span, limit: 1 << 30)
            return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "no snappy block"
        }
    }

    enum Answer: Sendable {
        /// These bytes, as they are.
        case bytes(String)
        /// These bytes, and then the end of the connection.
        case bytesAndClose(String)
        /// The end of the connection.
        case close
        /// Nothing, for ever.
        case silence

        static func status(_ status: Int, _ body: String = "", headers: [String] = []) -> Answer {
            let lines = ["HTTP/1.1 \(status) Told", "Content-Length: \(body.utf8.count)"] + headers
            return .bytes(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }
    }

    let port: Int
    private let channel: any Channel
    private let record: Record
    /// Threads of its own, for scripts may hold one.
    private let group: MultiThreadedEventLoopGroup

    final class Record: Sendable {
        let requests = Mutex<[Request]>([])
        let connections = Atomic(0)
        let channels = Mutex<[any Channel]>([])
        let script: @Sendable (Request) -> Answer
        init(_ script: @escaping @Sendable (Request) -> Answer) { self.script = script }
    }

    var requests: [Request] { record.requests.withLock { $0 } }
    var texts: [String] { requests.map(\.text) }
    var connections: Int { record.connections.load(ordering: .relaxed) }

    private init(_ channel: any Channel, _ record: Record, on group: MultiThreadedEventLoopGroup) {
        self.channel = channel
        self.record = record
        self.group = group
        port = channel.localAddress?.port ?? 0
    }

    static func start(
        port: Int = 0, _ script: @escaping @Sendable (Request) -> Answer
    ) async throws -> FakeDestination {
        let record = Record(script)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = record.connections.wrappingAdd(1, ordering: .relaxed).newValue
                    record.channels.withLock { $0.append(channel) }
                    try channel.pipeline.syncOperations.addHandlers([
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        Conversation(record: record, connection: number),
                    ])
                }
            }
        return FakeDestination(try await bootstrap.bind(host: "127.0.0.1", port: port).get(), record, on: group)
    }

    /// Closes the listener and all connections.
    func stop() async throws {
        try await channel.close()
        for channel in record.channels.withLock({ $0 }) { try? await channel.close() }
        try await group.shutdownGracefully()
    }
}

/// One connection of a fake destination.
private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let record: FakeDestination.Record
    private let connection: Int
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(record: FakeDestination.Record, connection: Int) {
        self.record = record
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let bytes):
            body += Array(bytes.readableBytesView)
        case .end:
            guard let head else { return }
            answer(context, head)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let text = "HTTP/1.1 400 Bad Request\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        context.close(promise: nil)
    }

    private func answer(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        let request = record.requests.withLock { requests in
            let request = FakeDestination.Request(
                head: head, body: body, connection: connection, number: requests.count + 1)
            requests.append(request)
            return request
        }
        switch record.script(request) {
        case .bytes(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        case .bytesAndClose(let text):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            context.close(promise: nil)
        case .close: context.close(promise: nil)
        case .silence: break
        }
    }
}
