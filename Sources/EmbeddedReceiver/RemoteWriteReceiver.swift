public import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
public import RemoteWrite
public import ServiceLifecycle

/// A small remote-write receiver that prints what it gets, and says what is wrong with it.
///
/// `POST` on any path that ends in `/write` or `/api/v1/push` takes versions 1 and 2, told apart by the Content-Type.
/// What is well-formed is printed as exposition lines and answered 204; what the specifications forbid is logged and
/// answered 400 with the reason, 413 over 32 MiB, 415 for other types and encodings. `GET /-/healthy` answers 200.
/// Nothing is kept. Everything runs on one event loop, `print` and `answer` too.
public struct RemoteWriteReceiver: Service, CustomStringConvertible {
    /// What the log calls it.
    public var description: String { "receiver" }

    /// What to answer to a request that was read and printed, for tests; nil: 204 as usual.
    public var answer: @Sendable (ReceivedRequest) -> ReceiverAnswer? = { _ in nil }

    /// What it takes at most.
    var limits = ReceiverLimits()

    private let host: String
    private let port: Int
    private let print: @Sendable (String) -> Void
    private let logger: Logger
    private let loop: any EventLoop
    private let listener: NIOLoopBoundBox<EventLoopFuture<any Channel>?>
    private let connections: NIOLoopBoundBox<OpenConnections?>

    /// A receiver that is not listening yet.
    ///
    /// - Parameters:
    ///   - port: 0 stands for any that is free, see `boundPort`.
    ///   - print: is called once for each request that has series, with its lines; the last has no line feed.
    public init(host: String, port: Int, print: @escaping @Sendable (String) -> Void, logger: Logger) {
        self.host = host
        self.port = port
        self.print = print
        self.logger = logger
        loop = MultiThreadedEventLoopGroup.singleton.next()
        listener = .makeEmptyBox(eventLoop: loop)
        connections = .makeEmptyBox(eventLoop: loop)
    }

    /// The port that it listens on, from now on at the latest; nil where it cannot: `run` tells why.
    public func boundPort() async -> Int? {
        try? await listen().get().localAddress?.port
    }

    /// Listens until graceful shutdown, which lets the requests in hand end.
    public func run() async throws {
        let channel = try await listen().get()
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                // Fails never: a server channel's end is not an error.
                try? await channel.closeFuture.get()
                try? await loop.flatSubmit { closeConnections() }.get()
            } onGracefulShutdown: {
                channel.close(promise: nil)
            }
        } onCancel: {
            loop.execute { connections.value?.abandon() }
            channel.close(promise: nil)
        }
    }

    /// The listening channel, the same each time.
    private func listen() -> EventLoopFuture<any Channel> {
        loop.flatSubmit {
            if let listening = listener.value { return listening }
            let open = OpenConnections(limits: limits)
            connections.value = open
            let listening = bootstrap(NIOLoopBound(open, eventLoop: loop)).bind(host: host, port: port)
            listener.value = listening
            return listening
        }
    }

    private func bootstrap(_ connections: NIOLoopBound<OpenConnections>) -> ServerBootstrap {
        let endpoint = WriteEndpoint(print: print, answer: answer, logger: logger, limits: limits)
        return ServerBootstrap(group: loop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, endpoint: endpoint, connections: connections.value)
                }
            }
    }

    static func configure(_ channel: any Channel, endpoint: WriteEndpoint, connections: OpenConnections) throws {
        guard connections.add(channel) else { throw ChannelError.ioOnClosedChannel }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(endpoint.limits.silence)))
        try pipeline.configureHTTPServerPipeline()
        try pipeline.addHandler(ReceiverHandler(endpoint: endpoint, connections: connections))
    }

    private func closeConnections() -> EventLoopFuture<Void> {
        guard let open = connections.value else { return loop.makeSucceededVoidFuture() }
        let closed = open.close(on: loop)
        let deadline = loop.scheduleTask(in: .seconds(limits.farewell)) { connections.value?.abandon() }
        closed.whenComplete { _ in deadline.cancel() }
        return closed
    }
}
