import Delivery

extension PushPipeline {
    /// What a refusal of the outbox is to the pusher.
    func refusal(_ refusal: Outbox.Refusal) -> PushError {
        switch refusal {
        case .superseded: return .contended
        case .full(let destination, let seconds):
            intake.readiness.full(destination: destination, until: .now + .seconds(seconds))
            return .queueFull(destination: destination, retryAfter: seconds)
        case .tooLarge(let destination, let limit): return .largerThanQueue(destination: destination, limit: limit)
        case .closed: return .draining
        }
    }
}
