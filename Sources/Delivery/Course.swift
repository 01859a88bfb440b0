import Telemetry

/// What is remembered of a destination's answers, for people: pure, given the time.
struct Course: Sendable {
    /// How many losses are remembered.
    static let kept = 24
    /// A longer job is cut.
    static let longestJob = 128

    private(set) var lastDelivery: Int64?
    private(set) var lastTrouble: DestinationStatus.Trouble?
    private(set) var losses = Ring<Loss>(capacity: Self.kept)
    /// Whether the last answer that judged data refused it.
    private(set) var isRefusing = false

    /// An attempt ended so.
    mutating func note(_ response: Response, _ verdict: Verdict, wall: Int64?) {
        let time = wall ?? 0
        switch verdict {
        case .delivered:
            lastDelivery = time
            isRefusing = false
            return
        case .refused: isRefusing = true
        case .tooLarge, .retry, .misconfigured: break
        }
        lastTrouble = .init(time: time, words: response.words)
    }

    /// A push will never be stored.
    mutating func note(_ loss: Loss) {
        var loss = loss
        loss.job = Message.excerpt(loss.job, limit: Self.longestJob)
        losses.append(loss)
    }
}

extension Response {
    /// The answer in the destination's own words, as far as it has some.
    fileprivate var words: String {
        switch self {
        case .status(let status, let message, _, _):
            message.isEmpty ? "answered \(status)" : "answered \(status): \(Message.excerpt(message))"
        case .unreachable(let why), .withheld(let why): Message.excerpt(why)
        }
    }
}
