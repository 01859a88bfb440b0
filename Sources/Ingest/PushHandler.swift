import NIOCore
import NIOHTTP1
import NIOPosix

/// The end of a connection's pipeline: tells the state machine what happens, and does what it answers.
///
/// Requests that are pipelined wait in it as bytes, and while some do nothing more is read.
final class PushHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
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

    private(set) var pipeline: PushPipeline
    let pool: NIOThreadPool
    let settlements: Settlements
    private let shared: EventLoopShare
    let journal: Journal
    private(set) var limits: ConnectionLimits
    var machine: ConnectionStateMachine
    var exchange: Exchange?
    /// What the body in hand may hold.
    var permit: Permit?
    private(set) var context: ChannelHandlerContext?
    /// Who is at the other end; asked for once, because each time it is a system call.
    private(set) lazy var peer = context?.channel.remoteAddress

    private var decoder = RequestDecoder()
    /// What has arrived and is not decoded yet.
    private var unread = ByteBuffer()
    private var input = Input.open
    private var isHandling = false
    /// Whether the channel is to read on once nothing waits.
    private var isReadPending = false
    private var number = 0
    private var sawPart = false
    /// Whether the connection has been closed, which its end follows in the same turn.
    var isClosing = false
    private var timer: NIOScheduledCallback?
    /// When the timer goes off.
    private var timerDeadline = NIODeadline.distantFuture
    private var targets: RecentTargets
    /// The last push's head, and what it comes to: a connection mostly repeats it.
    private var known: (head: RequestHead, push: PushRequest, next: ConnectionStateMachine.Head)?

    /// A handler for one connection of the event loop whose share this is.
    init(_ shared: EventLoopShare, limits: ConnectionLimits, now: NIODeadline) {
        self.shared = shared
        pipeline = shared.pipeline
        pool = shared.pool
        settlements = shared.settlements
        targets = shared.targets
        journal = shared.journal
        self.limits = limits
        machine = ConnectionStateMachine(limits: limits, now: now)
    }

    var intake: Intake { pipeline.intake }

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
        timer?.cancel()
        timer = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
        handleInput()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !sawPart { machine.headBegan(now: context.eventLoop.now) }
        sawPart = false
        compactBody()
        arm()
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        isReadPending = mustWait && unread.readableBytes > 0
        if !isReadPending { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            let isDone = input == .flawed || mustWait && !machine.isAsking && unread.readableBytes == 0
            if isDone {
                perform(machine.inputClosed(), now: context.eventLoop.now)
            } else {
                input = .ended
                handleInput()
            }
        case let drain as Drain: handle(drain)
        default: context.fireUserInboundEventTriggered(event)
        }
        arm()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

// What arrives.
extension PushHandler {
    /// How far the other side's bytes can be read.
    private enum Input {
        case open
        /// It sends no more than is there.
        case ended
        /// They are no HTTP: the rest is thrown away.
        case flawed
    }

    /// Whether the next request waits for this one's answer.
    private var mustWait: Bool { machine.isProcessing || machine.isWaiting || machine.isAsking }

    /// Handles what has arrived, as far as it need not wait for an answer.
    ///
    /// Never within itself: a thousand requests would be a thousand calls deep.
    func handleInput() {
        guard !isHandling else { return }
        isHandling = true
        // One look at the clock for all parts that are there, and none where none is.
        let mayBe = decoder.isWithin(unread) || input != .open
        if mayBe, let now = context?.eventLoop.now { while !mustWait, handleNext(now: now) {} }
        isHandling = false
        // Nothing is kept of what it was read into.
        if unread.readableBytes == 0 { unread = ByteBuffer() }
        guard isReadPending, !mustWait || unread.readableBytes == 0 else { return }
        isReadPending = false
        context?.read()
    }

    /// Handles the next part of a request; false where there is none.
    private func handleNext(now: NIODeadline) -> Bool {
        guard context != nil else { return false }
        guard input != .flawed else {
            let count = unread.readableBytes
            unread = ByteBuffer()
            perform(machine.body(count, now: now), now: now)
            return false
        }
        do throws(RequestFlaw) {
            guard let part = try decoder.next(&unread) else {
                guard input == .ended else { return false }
                if decoder.isWithin(unread) { throw .cutShort }
                perform(machine.inputClosed(), now: now)
                return false
            }
            sawPart = true
            handle(part, now: now)
        } catch {
            fail(error, now: now)
        }
        return true
    }

    private func handle(_ part: RequestDecoder.Part, now: NIODeadline) {
        switch part {
        case .head(let head): receive(head, now: now)
        case .body(let piece):
            let action = machine.body(piece.readableBytes, now: now)
            if action == .keep { keep(piece) } else { perform(action, now: now) }
        case .end: perform(machine.end(now: now), now: now)
        }
    }

    /// The bytes are no request, or not all of one.
    private func fail(_ flaw: RequestFlaw, now: NIODeadline) {
        sawPart = true
        unread = ByteBuffer()
        let hasEnded = input == .ended
        input = .flawed
        let action = machine.malformed(now: now)
        if action != .none { refuse(PushError(flaw)) }
        perform(action, now: now)
        if hasEnded { perform(machine.inputClosed(), now: now) }
    }

    private func handle(_ drain: Drain) {
        guard let now = context?.eventLoop.now else { return }
        switch drain {
        case .began: perform(machine.drain(), now: now)
        case .ended:
            if machine.isCollecting || machine.isAsking { refuse(.draining) }
            perform(machine.drainEnded(now: now), now: now)
        case .cut where exchange?.command != nil: context?.close(promise: nil)
        case .cut: perform(machine.cut(), now: now)
        }
    }

    /// The request in hand, or what was to become one, is refused.
    func refuse(_ error: PushError) {
        if exchange == nil { exchange = Exchange(number: nextNumber()) }
        exchange?.answer = nil
        exchange?.refusal = error
    }

    private func receive(_ head: RequestHead, now: NIODeadline) {
        guard machine.expectsHead else { return }
        followReload()
        let isGuarded = intake.door.isGuarded
        if !isGuarded, let known, known.head.repeats(head) {
            let exchange = Exchange(number: nextNumber(), handler: "push", head: head, began: now)
            exchange.push = known.push
            self.exchange = exchange
            return go(on: known.next, of: head, now: now)
        }
        let target = targets.target(head.target, intake.routes)
        exchange = Exchange(number: nextNumber(), handler: target.route.handler, head: head, began: now)
        if isGuarded, !mayEnter(head, target) { return }
        begin(head, intake.plan(target, head), now: now)
    }

    /// Takes the request in hand on, whose credentials are not in question any more.
    func begin(_ head: RequestHead, _ plan: RequestPlan, now: NIODeadline) {
        guard context != nil, let exchange else { return }
        switch plan {
        case .push(let push): exchange.push = push
        case .command(let command): exchange.command = command
        case .answer(let answer): exchange.answer = answer
        case .refuse(let error): exchange.refusal = error
        }
        let next = ConnectionStateMachine.Head(head, isPush: exchange.isDeed)
        known = exchange.push.map { (head, $0, next) }
        go(on: next, of: head, now: now)
    }

    private func go(on next: ConnectionStateMachine.Head, of head: RequestHead, now: NIODeadline) {
        permit = next.isPush ? intake.admission.permit() : nil
        var next = next
        if next.contentLength != nil { next.contentLength = head.contentLength ?? 0 }
        perform(machine.head(next, now: now), now: now)
    }

    /// Takes over what a reload has put in force; one comparison where there was none.
    func followReload() {
        guard shared.pipeline !== pipeline else { return }
        pipeline = shared.pipeline
        targets = shared.targets
        known = nil
        guard let limits = shared.limits else { return }
        self.limits = limits
        machine.limits = limits
    }

    private func nextNumber() -> Int {
        number += 1
        return number
    }
}

// The clock.
extension PushHandler: NIOScheduledCallbackHandler {
    /// Sees to it that the state machine is asked again at its deadline.
    ///
    /// A timer that goes off too early is set anew then: that is cheaper than to move it with every request.
    func arm() {
        guard !isClosing, let context, let deadline = machine.deadline else { return }
        if timer != nil, timerDeadline <= deadline { return }
        timer?.cancel()
        // It fails once the event loop has ended.
        timer = try? context.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
        timerDeadline = deadline
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        timer = nil
        guard let now = context?.eventLoop.now else { return }
        perform(machine.timePassed(now: now), now: now)
        arm()
    }
}
