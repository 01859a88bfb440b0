import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOPosix

@testable import Ingest

/// A connection without a socket, on a clock that is moved by hand.
final class EmbeddedConnection {
    let channel = EmbeddedChannel()
    let bench: Bench
    let handler: PushHandler
    private let socket = Socket()

    init(
        _ bench: Bench, intake: Intake? = nil, door: Door? = nil,
        _ configure: (inout ConnectionLimits) -> Void = { _ in }
    ) throws {
        self.bench = bench
        var intake = intake ?? bench.intake
        if let door { intake.door = door }
        var limits = ConnectionLimits(intake.settings)
        configure(&limits)
        let share = EventLoopShare(intake, on: channel.eventLoop, pool: .singleton)
        handler = PushHandler(share, limits: limits, now: channel.eventLoop.now)
        try channel.pipeline.syncOperations.addHandler(socket)
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 4_711)).wait()
    }

    deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

    /// Whether more requests are served.
    var isOpen: Bool { channel.isActive && !isHalfClosed }

    /// Whether the last answer is given, and the rest is thrown away.
    var isHalfClosed: Bool { channel.isActive && socket.isHalfClosed }

    /// How often more has been read.
    var reads: Int { socket.reads }

    /// Whether it is over.
    var isClosed: Bool { !channel.isActive }

    /// Sends bytes as one read, and returns what is answered meanwhile.
    @discardableResult
    func send(_ bytes: [UInt8]) throws -> String {
        if channel.isActive {
            // What is wrong with the bytes comes back as an answer, and as an error that nobody else takes.
            _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        }
        return try answer()
    }

    @discardableResult
    func send(_ text: String) throws -> String { try send(Array(text.utf8)) }

    /// Sends a push of this body.
    func push(_ body: String, to path: String = "/metrics/job/j", headers: String = "") throws -> String {
        try push(Array(body.utf8), to: path, headers: headers)
    }

    func push(_ body: [UInt8], to path: String = "/metrics/job/j", headers: String = "") throws -> String {
        let head = "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\(headers)\r\n"
        return try send(Array(head.utf8) + body)
    }

    /// Closes the other side's output.
    func closeInput() throws -> String {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        return try answer()
    }

    /// Moves the clock, and returns what is answered meanwhile.
    func advance(_ time: TimeAmount) throws -> String {
        channel.embeddedEventLoop.advanceTime(by: time)
        return try answer()
    }

    /// Everything written since the last time.
    func answer() throws -> String {
        channel.embeddedEventLoop.run()
        var text = ""
        while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
        return text
    }
}

/// Keeps `close(mode: .output)` from `EmbeddedChannel`, which would close both sides, and counts what is read.
private final class Socket: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    private(set) var isHalfClosed = false
    private(set) var reads = 0

    func read(context: ChannelHandlerContext) {
        reads += 1
        context.read()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        isHalfClosed = true
        promise?.succeed()
    }
}
