import Delivery

/// What other threads ask of the sender thread, which does it between two rounds.
enum Errand: Sendable {
    /// To deliver to these from now on, with these settings: all of it, or nothing.
    case change(DestinationChange, CheckedContinuation<TransportError?, Never>)
    /// To say that it lives.
    case beat(CheckedContinuation<Void, Never>)

    /// Answers an errand that a thread will not run which has come to its end.
    func turnDown() {
        switch self {
        case .change(_, let asked): asked.resume(returning: .stopped)
        case .beat(let asked): asked.resume()
        }
    }
}
