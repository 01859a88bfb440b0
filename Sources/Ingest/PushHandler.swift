import NIOCore
import NIOHTTP1
import NIOPosix

/// The end of a connection's pipeline: tells the state machine what happens, and does what it answers.
///
/// Behind an HTTP decoder. Requests that are pipelined wait in it, and while one does nothing more is read.
final class PushHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What the server tells its connections when it drains.
    enum Drain {
        /// Answer what is in hand, then close.
        case began
        /// Answer now, as things stand.
        case ended
        /// Close, but for a push on its way to the queue.
        case cut
    }

    let intake: Intake
    let pipeline: PushPipeline
    let pool: NIOThreadPool
    let limits: ConnectionLimits
    var machine: ConnectionStateMachine
    var exchange: Exchange?
    /// What the body in hand may hold.
    var permit: Permit?
    private(set) var context: ChannelHandlerContext?

    private var arrivals = CircularBuffer<Arrival>(initialCapacity: 0)
    private var isHandling = false
    /// Whether the channel is to read on once nothing waits.
    private var isReadPending = false
    private var number = 0
    private var sawPart = false
    private var timer: (task: Scheduled<Void>, deadline: NIODeadline)?
    /// What the last request named; a connection mostly repeats it.
    private var lastTarget: Target?

    /// A handler for one connection; the pipeline belongs to the connection's event loop.
    init(_ pipeline: PushPipeline, pool: NIOThreadPool, limits: ConnectionLimits, now: NIODeadline) {
        self.pipeline = pipeline
        intake = pipeline.intake
        self.pool = pool
        self.limits = limits
        machine = ConnectionStateMachine(limits: limits, now: now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm()
    }

    func handlerRemoved(context: ChannelHandlerContext) { forget() }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    private func forget() {
        context = nil
        exchange?.end()
        exchange = nil
        // A body on the thread pool is in hand until that has done with it.
        if !machine.isProcessing { permit = nil }
        timer?.task.cancel()
        timer = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawPart = true
        arrive(.part(Self.unwrapInboundIn(data)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !sawPart { machine.headBegan(now: context.eventLoop.now) }
        sawPart = false
        compactBody()
        arm()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        isReadPending = !arrivals.isEmpty
        if !isReadPending { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: arrive(.end)
        case let drain as Drain: arrive(.drain(drain))
        default: context.fireUserInboundEventTriggered(event)
        }
        arm()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case ByteToMessageDecoderError.dataReceivedInErrorState(_, let bytes): arrive(.rubbish(bytes.readableBytes))
        case let error as HTTPParserError: arrive(.malformed(error))
        default: context.close(promise: nil)
        }
        arm()
    }
}

// What arrives.
extension PushHandler {
    private enum Arrival {
        case part(HTTPServerRequestPart)
        case malformed(HTTPParserError)
        /// So many bytes behind what was malformed.
        case rubbish(Int)
        /// The other side sends no more.
        case end
        case drain(Drain)
    }

    /// Handles what arrives, in its order and one after the other; what belongs to the next request once this one is
    /// answered.
    private func arrive(_ arrival: Arrival) {
        if case .drain = arrival, !isHandling { return handle(arrival) }
        arrivals.append(arrival)
        handleArrivals()
    }

    /// Handles what has arrived, as far as it need not wait for an answer.
    ///
    /// Never within itself: a thousand requests would be a thousand calls deep.
    func handleArrivals() {
        guard !isHandling else { return }
        isHandling = true
        while let arrival = arrivals.first, !mustWait(arrival) {
            arrivals.removeFirst()
            handle(arrival)
        }
        isHandling = false
        guard isReadPending, arrivals.isEmpty else { return }
        isReadPending = false
        context?.read()
    }

    private func mustWait(_ arrival: Arrival) -> Bool {
        switch arrival {
        case .drain: false
        // Nothing was pipelined before it: this request is the last.
        case .end where arrivals.count == 1: false
        default: machine.isProcessing || machine.isWaiting
        }
    }

    private func handle(_ arrival: Arrival) {
        guard let now = context?.eventLoop.now else { return }
        switch arrival {
        case .part(.head(let head)): receive(head)
        case .part(.body(let piece)):
            let action = machine.body(piece.readableBytes, now: now)
            if action == .keep { keep(piece) } else { perform(action) }
        case .part(.end): perform(machine.end(now: now))
        case .malformed(let error):
            let action = machine.malformed(now: now)
            if action != .none { refuse(PushError(error)) }
            perform(action)
        case .rubbish(let count): perform(machine.body(count, now: now))
        case .end: perform(machine.inputClosed())
        case .drain(.began): perform(machine.drain())
        case .drain(.ended):
            if machine.isCollecting { refuse(.draining) }
            perform(machine.drainEnded(now: now))
        case .drain(.cut): perform(machine.cut())
        }
    }

    /// The request in hand, or what was to become one, is refused.
    func refuse(_ error: PushError) {
        if exchange == nil { exchange = Exchange(number: nextNumber()) }
        exchange?.answer = nil
        exchange?.refusal = error
    }

    private func receive(_ head: HTTPRequestHead) {
        guard let context, machine.expectsHead else { return }
        let target = target(head.uri)
        var exchange = Exchange(number: nextNumber(), handler: target.route.handler, head: head)
        switch intake.plan(target, head) {
        case .push(let push): exchange.push = push
        case .answer(let answer): exchange.answer = answer
        case .refuse(let error): exchange.refusal = error
        }
        permit = exchange.push == nil ? nil : intake.admission.permit()
        self.exchange = exchange
        perform(machine.head(.init(head, isPush: exchange.push != nil), now: context.eventLoop.now))
    }

    private func target(_ uri: String) -> Target {
        if let lastTarget, lastTarget.uri == uri { return lastTarget }
        let target = Target(uri, intake.routes)
        lastTarget = target.isWorthRemembering ? target : nil
        return target
    }

    private func nextNumber() -> Int {
        number += 1
        return number
    }
}

// The clock.
extension PushHandler {
    /// Sees to it that the state machine is asked again at its deadline.
    ///
    /// A timer that goes off too early is set anew then: that is cheaper than to move it with every request.
    func arm() {
        guard let context, let deadline = machine.deadline else { return }
        if let timer, timer.deadline <= deadline { return }
        timer?.task.cancel()
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
            timer = nil
            guard let context = self.context else { return }
            perform(machine.timePassed(now: context.eventLoop.now))
            arm()
        }
        timer = (task, deadline)
    }
}
