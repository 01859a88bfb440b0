import NIOCore

// What is asked of a request before anything else.
extension PushHandler {
    /// Asks the door about the request in hand.
    ///
    /// - Returns: whether it may go on now; if not, it is refused, or goes on once its password was looked at.
    func mayEnter(_ head: RequestHead, _ target: Target) -> Bool {
        guard let context, let number = exchange?.number else { return false }
        switch intake.door.ask(head, for: target) {
        case .allow: return true
        case .refuse(let error): begin(head, .refuse(error), now: context.eventLoop.now)
        case .look(let check, let refusal):
            machine.asked()
            let looked = intake.door.look(at: check, else: refusal, on: context.eventLoop)
            looked.assumeIsolated().whenComplete { [self] result in
                guard exchange?.number == number, machine.isAsking else { return }
                let plan: RequestPlan =
                    switch result {
                    case .success(nil): intake.plan(target, head)
                    case .success(let error?): .refuse(error)
                    case .failure: .refuse(.draining)
                    }
                begin(head, plan, now: context.eventLoop.now)
                handleInput()
                arm()
            }
        }
        return false
    }
}
