import Delivery
import NIOCore
import NIOPosix
import Settings

// A push's way through the handler.
extension PushHandler {
    /// Keeps a piece of the body, if there is room for it.
    func keep(_ piece: ByteBuffer) {
        guard permit?.grow(by: piece.readableBytes) == true else {
            machine.refusedEarly()
            exchange?.refusal = .overloaded
            exchange?.body = nil
            permit = nil
            return
        }
        var piece = piece
        if exchange?.body?.writeBuffer(&piece) == nil { exchange?.body = piece }
    }

    /// Copies what is there of a body that waits for its rest, if it is a small part of the memory that it was read
    /// into: the admission counts its bytes, and nothing else is to be held for long.
    func compactBody() {
        guard let body = exchange?.body, body.storageCapacity > 2 * body.readableBytes + 4_096 else { return }
        exchange?.body = ByteBuffer(bytes: body.readableBytesView)
    }

    /// Takes the push, whose body is whole, to the queue.
    func process() {
        guard let context, let exchange else { return }
        followReload()
        if let command = exchange.command { return process(command) }
        guard let push = exchange.push else { return }
        let body = exchange.body.take() ?? ByteBuffer()
        exchange.size = body.readableBytes
        let acknowledgement = acknowledgement(of: push, number: exchange.number, on: context.eventLoop)
        exchange.acknowledgement = acknowledgement
        let taken = pipeline.taken(push, body: body, settled: acknowledgement)
        exchange.samples = pipeline.samples
        if case .success(.tooHeavy) = taken {
            processAside(push, body, acknowledgement)
        } else {
            finish(taken)
        }
    }

    /// The same on a thread of the pool, while the event loop serves others.
    private func processAside(_ push: PushRequest, _ body: ByteBuffer, _ acknowledgement: Acknowledgement) {
        guard let context else { return }
        followReload()
        let intake = intake
        let taken = pool.runIfActive(eventLoop: context.eventLoop) {
            let pipeline = PushPipeline(intake, carrying: .threadPool)
            return (pipeline.taken(push, body: body, settled: acknowledgement), pipeline.samples)
        }
        taken.assumeIsolated().whenComplete { [self] result in
            switch result {
            // A reload came between: nothing was taken, and this event loop knows where it goes now.
            case .success((.success(.outdated), _)): processAside(push, body, acknowledgement)
            case .success((let taken, let samples)):
                exchange?.samples = samples
                finish(taken)
            case .failure: finish(.failure(.draining))
            }
        }
    }

    /// The push is in the queue or refused; what it is answered now, if anything.
    private func finish(_ taken: Result<PushPipeline.Outcome, PushError>) {
        permit = nil
        guard let context, let exchange, let push = exchange.push else { return }
        let now = context.eventLoop.now
        switch taken {
        case .failure(let error): exchange.refusal = error
        case .success(.empty): exchange.answer = .delivered
        // Nobody has it: it is to come again.
        case .success(.outdated): exchange.refusal = .contended
        case .success(.queued), .success(.tooHeavy):
            guard let patience = patience(push.preference) else {
                exchange.answer = .queued()
                break
            }
            if let settlement = exchange.settlement {
                exchange.settle(settlement)
            } else if push.preference == nil, let why = exchange.acknowledgement?.failing(at: .now) {
                exchange.answer = .queued(reason: why)
            } else {
                perform(machine.queued(for: patience, now: now), now: now)
                return arm()
            }
        }
        answer(now: now)
    }

    /// How long the push waits for its destinations before it is 202; nil: not at all.
    private func patience(_ preference: Preference?) -> TimeAmount? {
        if let preference { return preference.patience }
        return intake.settings.acknowledge == .delivered ? limits.acknowledge : nil
    }

    /// Who is told what becomes of the push, on whatever thread: the handler, on its event loop.
    private func acknowledgement(of push: PushRequest, number: Int, on eventLoop: any EventLoop) -> Acknowledgement {
        guard patience(push.preference) != nil else { return Acknowledgement { _ in } }
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        let settlements = settlements
        return Acknowledgement(of: settlements) { settlements.tell(handler, $0, number: number) }
    }

    /// The push of this number is settled; after its answer that means nothing here.
    func settled(_ settlement: Settlement, number: Int, now: NIODeadline) {
        guard let exchange, exchange.number == number else { return }
        guard machine.isWaiting else {
            exchange.settlement = settlement
            return
        }
        exchange.settle(settlement)
        answer(now: now)
    }

    func answer(now: NIODeadline) {
        perform(machine.answered(now: now), now: now)
        arm()
    }
}

extension PushPipeline {
    /// `take` with its refusal as a value.
    fileprivate func taken(
        _ push: PushRequest, body: ByteBuffer, settled acknowledgement: Acknowledgement
    ) -> Result<Outcome, PushError> {
        Result { () throws(PushError) in try take(push, body: body, settled: acknowledgement) }
    }
}
