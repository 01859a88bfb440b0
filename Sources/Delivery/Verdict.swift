/// What an answer to a request means: the table "What a destination's answer means" of the contract.
enum Verdict: Sendable, Equatable {
    /// Stored.
    case delivered
    /// Not now: the same bytes again, after this time or after the back-off.
    case retry(after: Duration?)
    /// Something in this request will never be stored.
    case refused
    /// The request is larger than the destination takes.
    case tooLarge
    /// The destination is not what the configuration takes it for; the data is not at fault.
    case misconfigured

    /// Judges an answer, or its absence.
    init(_ response: Response, retriesOn429: Bool = true) {
        if case .withheld = response {
            self = .misconfigured
            return
        }
        guard case .status(let status, _, let retryAfter, _) = response else {
            self = .retry(after: nil)
            return
        }
        switch status {
        case 200...299: self = .delivered
        case 300...399, 401, 403, 404, 405, 407: self = .misconfigured
        case 413: self = .tooLarge
        case 429 where !retriesOn429: self = .refused
        // The specification has 408 among the final ones; a request that was cut off is no verdict on its data.
        case 408, 429: self = .retry(after: retryAfter)
        case 400...499: self = .refused
        default: self = .retry(after: retryAfter)
        }
    }
}
