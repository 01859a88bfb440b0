import NIOCore

// A request that asks something of the process.
extension PushHandler {
    /// Does what the request asks, and answers once that is done; the event loop serves others meanwhile.
    func process(_ command: Lifecycle.Command) {
        guard let context, let number = exchange?.number else { return }
        let (handler, eventLoop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
        let (lifecycle, readiness) = (intake.lifecycle, intake.readiness)
        Task {
            let answer: HTTPAnswer
            if command == .reload, readiness.phase.isEnding {
                answer = .notReady("the configuration is not read anew: this process is about to end")
            } else {
                answer = await lifecycle.perform(command).map(HTTPAnswer.failed) ?? .done
            }
            eventLoop.execute { handler.value.done(answer, number: number) }
        }
    }

    /// The command of this number has come to its end.
    private func done(_ answer: HTTPAnswer, number: Int) {
        guard let now = context?.eventLoop.now, exchange?.number == number else { return }
        exchange?.answer = answer
        permit = nil
        self.answer(now: now)
    }
}
