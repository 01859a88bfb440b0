/// What came of one attempt at a request.
public enum Response: Sendable, Equatable {
    /// An answer: its status, the beginning of its body as text, its `Retry-After` where it has a usable one, and what it
    /// says of what was stored, which receivers of version 2 do.
    case status(Int, message: String, retryAfter: Duration?, written: Written? = nil)
    /// No answer: why, in a few words that name host and port and no secret, as in `connection refused by 127.0.0.1:9090`.
    case unreachable(String)
    /// No attempt: what it takes to be let in is not to be had, and why, without a secret.
    case withheld(String)
}

/// What an answer's headers `X-Prometheus-Remote-Write-...-Written` say; one that is missing beside others says 0.
public struct Written: Sendable, Equatable {
    /// How many samples that are numbers were stored.
    public var samples: Int
    /// How many native histograms were.
    public var histograms: Int
    /// How many exemplars were.
    public var exemplars: Int

    /// So many of each.
    public init(samples: Int = 0, histograms: Int = 0, exemplars: Int = 0) {
        self.samples = samples
        self.histograms = histograms
        self.exemplars = exemplars
    }
}

extension Response {
    /// What it says of what was stored; nil where it says nothing.
    var written: Written? {
        guard case .status(_, _, _, let written) = self else { return nil }
        return written
    }

    /// The status; 0 where no answer came.
    var code: Int {
        switch self {
        case .status(let status, _, _, _): status
        case .unreachable, .withheld: 0
        }
    }

    /// Whether a request was made at all.
    var isAnswerToAttempt: Bool {
        if case .withheld = self { false } else { true }
    }

    /// What a person is told of it, in a few words.
    var summary: String {
        switch self {
        case .status(let status, let message, _, _):
            message.isEmpty ? "answered \(status)" : "answered \(status): \(Message.line(message, limit: 100))"
        case .unreachable(let why), .withheld(let why): Message.line(why)
        }
    }

    /// What a person is told of an answer that only a wrong configuration gets: the answer, and what to mend.
    var whatToMend: String {
        if case .withheld = self { return summary }
        let advice =
            switch code {
            case 401: "check this destination's user and password, or token"
            case 403: "check what these credentials may do there"
            case 404: "check the path of the remote_write url"
            case 405: "the path of the remote_write url takes no POST"
            case 407: "a proxy wants credentials"
            default: "redirects are not followed, set the remote_write url to where it has moved"
            }
        return "\(summary) (\(advice))"
    }
}
