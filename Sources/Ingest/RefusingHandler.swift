import NIOCore
import NIOHTTP1
import Telemetry

/// What a connection gets that cannot be served: a refusal, whatever it asks, and its end.
final class RefusingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let error: PushError
    private let pipeline: PushPipeline

    private let isEncrypted: Bool

    /// A handler for one connection; the pipeline belongs to the connection's event loop.
    ///
    /// An encrypted one ends without a word.
    init(_ error: PushError, _ pipeline: PushPipeline, isEncrypted: Bool = false) {
        self.error = error
        self.isEncrypted = isEncrypted
        self.pipeline = pipeline
    }

    func channelActive(context: ChannelHandlerContext) {
        pipeline.intake.requestLog.refused(connection: context.remoteAddress, because: error)
        let answer = HTTPAnswer(refusing: error)
        let metrics = pipeline.intake.metrics.http
        metrics.refusedConnections.add(error.reason)
        metrics.requests.add(
            .init(handler: "other", method: "other", code: Int(answer.status.code)))
        if !isEncrypted {
            let bytes = pipeline.bytes(answer, at: context.eventLoop.now, connection: "close")
            context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
        }
        context.close(promise: nil)
    }
}
