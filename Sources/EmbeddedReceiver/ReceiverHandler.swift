import NIOCore
import NIOHTTP1
import RemoteWrite

/// One connection of the receiver: collects bodies within limits and answers each when it has ended.
final class ReceiverHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case idle
        case collecting(HTTPRequestHead, RemoteWriteVersion)
        /// What is left of the body is read and forgotten, and the request answered then.
        case discarding(HTTPRequestHead, ReceiverAnswer, bytes: Int)
        /// The last answer is on its way.
        case closing
    }

    private let endpoint: WriteEndpoint
    private let connections: OpenConnections
    private var state = State.idle
    private var body = ByteBuffer()

    init(endpoint: WriteEndpoint, connections: OpenConnections) {
        self.endpoint = endpoint
        self.connections = connections
    }

    func channelInactive(context: ChannelHandlerContext) {
        releaseBody()
        connections.remove(context.channel)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (Self.unwrapInboundIn(data), state) {
        case (.head(let head), .idle): begin(head, context)
        case (.body(var part), .collecting(let head, _)): collect(&part, head)
        case (.body(let part), .discarding(let head, let answer, let bytes)):
            state = .discarding(head, answer, bytes: bytes + part.readableBytes)
            if bytes + part.readableBytes > endpoint.limits.discardedBytes {
                state = .closing
                write(answer, to: head, closing: true, context)
            }
        case (.end, .collecting(let head, let version)):
            let message = body
            let answer = endpoint.receive(message.readableBytesUInt8Span, version: version)
            end(answer, to: head, context)
        case (.end, .discarding(let head, let answer, _)): end(answer, to: head, context)
        case (_, .closing), (.body, .idle), (.end, .idle), (.head, .collecting), (.head, .discarding): break
        }
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let expectsContinue = head.headers["expect"].contains { $0.lowercased() == "100-continue" }
        switch WriteRequestHead(head, limit: endpoint.limits.bodyBytes) {
        case .answer(let answer) where expectsContinue:
            state = .closing
            write(answer, to: head, closing: true, context)
        case .answer(let answer):
            state = .discarding(head, answer, bytes: 0)
        case .write(let version):
            state = .collecting(head, version)
            guard expectsContinue else { return }
            let permission = HTTPResponseHead(version: head.version, status: .continue)
            context.writeAndFlush(Self.wrapOutboundOut(.head(permission)), promise: nil)
        }
    }

    private func collect(_ part: inout ByteBuffer, _ head: HTTPRequestHead) {
        let limits = endpoint.limits
        let bytes = part.readableBytes
        if body.readableBytes + bytes > limits.bodyBytes {
            releaseBody()
            state = .discarding(head, .bodyTooLarge(limit: limits.bodyBytes), bytes: bytes)
        } else if !connections.hold(bytes) {
            releaseBody()
            let answer = ReceiverAnswer(
                503, "too many bodies at a time", headers: [ReceiverAnswer.Header("Retry-After", "1")])
            state = .discarding(head, answer, bytes: bytes)
        } else {
            body.writeBuffer(&part)
        }
    }

    private func releaseBody() {
        connections.release(body.readableBytes)
        body = ByteBuffer()
    }

    private func end(_ answer: ReceiverAnswer, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        releaseBody()
        state = head.isKeepAlive ? .idle : .closing
        write(answer, to: head, closing: !head.isKeepAlive, context)
    }

    private func write(
        _ answer: ReceiverAnswer, to request: HTTPRequestHead, closing: Bool, _ context: ChannelHandlerContext
    ) {
        var head = HTTPResponseHead(version: request.version, status: HTTPResponseStatus(statusCode: answer.status))
        let text = answer.message.isEmpty ? "" : answer.message + "\n"
        for header in answer.headers { head.headers.add(name: header.name, value: header.value) }
        if answer.status != 204 {
            head.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
            head.headers.add(name: "Content-Length", value: "\(text.utf8.count)")
        }
        if closing { head.headers.add(name: "Connection", value: "close") }
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        if !text.isEmpty && answer.status != 204 && request.method != .HEAD {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        if closing { written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: written)
    }
}
