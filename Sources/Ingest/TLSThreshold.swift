import NIOCore
import NIOHTTP1
import NIOSSL
import Telemetry

/// The first thing on a connection that is to be encrypted: looks at its first byte.
///
/// Until that comes, nothing of TLS is there, so that a connection that says nothing costs little. Plain HTTP is told that
/// it is at the wrong port.
final class TLSThreshold: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What whoever speaks plain HTTP is told first.
    static let advice = "this port speaks TLS"

    /// The type of the record that a handshake begins with (RFC 8446, 5.1).
    private static let handshake: UInt8 = 22

    private let tls: TLSDoor
    private let pipeline: PushPipeline
    private var isRefused = false

    /// A threshold for one connection; the pipeline belongs to the connection's event loop.
    init(_ tls: TLSDoor, _ pipeline: PushPipeline) {
        self.tls = tls
        self.pipeline = pipeline
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        guard !isRefused, let first = bytes.readableBytesView.first else { return }
        guard first == Self.handshake else { return refuse(context) }
        do {
            let operations = context.pipeline.syncOperations
            try operations.addHandler(tls.handler(), position: .after(self))
            context.fireChannelRead(data)
            operations.removeHandler(context: context, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }

    private func refuse(_ context: ChannelHandlerContext) {
        isRefused = true
        let error = PushError.malformedRequest("\(Self.advice): use https:// in the URL")
        let answer = HTTPAnswer(refusing: error)
        pipeline.intake.metrics.http.requests.add(
            .init(handler: "other", method: "other", code: Int(answer.status.code)))
        let bytes = pipeline.bytes(answer, at: context.eventLoop.now, connection: "close")
        context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
        // What still arrives is thrown away until the connection's time for a handshake is over.
        context.close(mode: .output, promise: nil)
    }
}
