import Delivery
import NIOCore
import NIOHTTP1
import Samples

// What the state machine wants done, and the answers.
extension PushHandler {
    /// Does what the state machine says.
    func perform(_ action: ConnectionStateMachine.Action, now: NIODeadline) {
        switch action {
        case .none, .keep: break
        case .sendContinue: sendContinue()
        case .process: process()
        case .answer(let ending): send(ending, now: now)
        case .refuse(let fault, let ending):
            refuse(refusal(fault))
            send(ending, now: now)
        case .stopWaiting(let ending):
            let why = exchange?.acknowledgement?.whyPending(at: .now)
            exchange?.answer = .queued(reason: why)
            send(ending, now: now)
        case .close: context?.close(promise: nil)
        }
    }

    private func refusal(_ fault: ConnectionStateMachine.Fault) -> PushError {
        switch fault {
        case .bodyTooLarge: .bodyTooLarge(limit: limits.bodySize)
        case .headTimeout: .headTimeout
        case .bodyTimeout: .bodyTimeout
        }
    }

    private func sendContinue() {
        context?.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
    }

    /// Counts and gives the answer of the request in hand, and ends the connection if it is to end.
    private func send(_ ending: ConnectionStateMachine.Ending, now: NIODeadline) {
        guard let exchange = exchange.take() else { return }
        exchange.end()
        permit = nil
        var answer =
            exchange.refusal.map(HTTPAnswer.init(refusing:)) ?? exchange.answer ?? HTTPAnswer(refusing: .draining)
        if let preference = exchange.push?.preference { answer.apply(preference) }
        if intake.door.isGuarded { intake.door.dress(&answer) }
        record(exchange, answer, now: now)
        write(answer, to: exchange, ending, now: now)
    }

    private func write(
        _ answer: HTTPAnswer, to exchange: Exchange, _ ending: ConnectionStateMachine.Ending, now: NIODeadline
    ) {
        guard let context else { return }
        // Whoever sends on and on without reading what he is answered has no use for more of it.
        guard context.channel.isWritable else { return context.close(promise: nil) }
        var connection: String?
        if ending != .keepAlive {
            connection = "close"
        } else if exchange.version == .http1_0 {
            connection = "keep-alive"
        }
        let bytes = pipeline.bytes(answer, at: now, connection: connection, hasBody: exchange.method != .HEAD)
        context.writeAndFlush(Self.wrapOutboundOut(bytes), promise: nil)
        switch ending {
        case .keepAlive: break
        case .close: closeOnceWritten(context)
        case .linger: context.close(mode: .output, promise: nil)
        }
        handleInput()
    }

    /// Closes the connection when all has left: mostly at once, which spares a promise and a timer.
    private func closeOnceWritten(_ context: ChannelHandlerContext) {
        let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        if waiting == 0 {
            isClosing = true
            return context.close(promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { [self] _ in self.context?.close(promise: nil) }
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: written)
    }
}
