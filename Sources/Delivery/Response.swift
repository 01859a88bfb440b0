/// What came of one attempt at a request.
public enum Response: Sendable, Equatable {
    /// An answer: its status, the beginning of its body as text, and its `Retry-After` where it has a usable one.
    case status(Int, message: String, retryAfter: Duration?)
    /// No answer: why, in a few words that name host and port and no secret, as in `connection refused by 127.0.0.1:9090`.
    case unreachable(String)
    /// No attempt: what it takes to be let in is not to be had, and why, without a secret.
    case withheld(String)
}

extension Response {
    /// The status; 0 where no answer came.
    var code: Int {
        switch self {
        case .status(let status, _, _): status
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
        case .status(let status, let message, _):
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
