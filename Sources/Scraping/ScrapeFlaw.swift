import Discovery

/// Why a scrape brought nothing.
struct ScrapeFlaw: Error, Equatable {
    /// What is counted.
    enum Kind: String {
        case unreachable, timeout, credentials, status, body
        case bodySize = "body_size"
        case queueFull = "queue_full"
    }

    var kind: Kind
    /// One line for the operator.
    var reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Why no answer came.
    init(_ failure: FetchFailure, because reason: String) {
        let kinds: [FetchFailure: Kind] = [
            .unreachable: .unreachable, .timeout: .timeout, .bodySize: .bodySize, .credentials: .credentials,
        ]
        self.init(kinds[failure] ?? .unreachable, reason)
    }
}
