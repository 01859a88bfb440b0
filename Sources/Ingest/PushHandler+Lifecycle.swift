import NIOCore

// A request that asks something of the process.
extension PushHandler {
    /// Does what the request asks, and answers once that is done; the event loop serves others meanwhile.
    func process(_ command: Lifecycle.Command) {
        guard let context, let number = exchange?.number else { return }
        let (handler, eventLoop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
        let lifecycle = intake.lifecycle
        Task {
            let failure = await lifecycle.perform(command)
            eventLoop.execute { handler.value.done(failure, number: number) }
        }
    }

    /// The command of this number is done; why not, where it is not.
    private func done(_ failure: String?, number: Int) {
        guard exchange?.number == number else { return }
        exchange?.answer = failure.map(HTTPAnswer.failed) ?? .done
        permit = nil
        answer()
    }
}
