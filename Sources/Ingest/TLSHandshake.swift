import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Sees to it that a handshake comes to its end in time, and that the client bears a name that is allowed.
final class TLSHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let allowedNames: Set<String>
    private let limit: TimeAmount
    private let intake: Intake
    private var timer: Scheduled<Void>?
    private var isOver = false

    /// A handler for one connection.
    init(_ tls: TLSDoor, limit: TimeAmount, _ intake: Intake) {
        allowedNames = tls.allowedNames
        self.limit = limit
        self.intake = intake
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: limit) {
            let (handler, context) = loopBound.value
            handler.fail("it did not come to its end in time", context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !isOver { context.fireChannelRead(data) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard isAllowed(context) else {
            return fail("the client's certificate bears none of client_allowed_sans", context)
        }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail("\(error)", context) }

    private func isAllowed(_ context: ChannelHandlerContext) -> Bool {
        guard !allowedNames.isEmpty else { return true }
        let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self)
        guard let certificate = handler?.peerCertificate else { return false }
        return ClientNames.all(of: certificate).contains(where: allowedNames.contains)
    }

    private func fail(_ reason: String, _ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isOver = true
        timer?.cancel()
        let peer = context.remoteAddress.map { "\($0.ipAddress ?? "unix")" } ?? "gone"
        intake.logger.debug("TLS handshake failed", metadata: ["peer": "\(peer)", "reason": "\(reason)"])
        // Without the farewells of TLS: nobody is there who would answer them.
        context.channel.close(mode: .all, promise: nil)
    }
}
