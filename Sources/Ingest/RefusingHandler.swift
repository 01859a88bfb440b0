import NIOCore
import NIOHTTP1
import Telemetry

/// What a connection gets that cannot be served: a refusal, whatever it asks, and its end.
final class RefusingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = HTTPServerResponsePart

    private let error: PushError
    private let pipeline: PushPipeline

    /// A handler for one connection behind an HTTP encoder; the pipeline belongs to the connection's event loop.
    init(_ error: PushError, _ pipeline: PushPipeline) {
        self.error = error
        self.pipeline = pipeline
    }

    func channelActive(context: ChannelHandlerContext) {
        let answer = HTTPAnswer(refusing: error)
        pipeline.intake.metrics.http.requests.add(
            .init(handler: "other", method: "other", code: Int(answer.status.code)))
        var head = answer.head(date: pipeline.date())
        head.headers.add(name: "Connection", value: "close")
        let body = context.channel.allocator.buffer(string: answer.body)
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
