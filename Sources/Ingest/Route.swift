/// What the target of a request names.
enum Route: Equatable {
    /// Below `<prefix>/metrics/`: a push; the raw path from `job` on, empty where the path ends before.
    case push(path: [UInt8])
    /// `/metrics`: the collector's own metrics, and with the prefix `/` also the root of pushes.
    case metrics(isPushRoot: Bool)
    /// `/`: the status page.
    case statusPage
    /// `/api/v1/status`: the same as JSON.
    case statusDocument
    /// `/-/healthy`.
    case healthy
    /// `/-/ready`.
    case ready
    /// `/probe`: whether a service lives; its name, where the query has one.
    case probe(target: String?)
    /// `/-/reload`, `/-/quit`.
    case lifecycle(Lifecycle.Command)
    /// No route; what was probably meant, as far as it can be told (contract R2, R4).
    case unknown(Guess)

    /// What a path that is no route was probably meant to be.
    enum Guess: Equatable {
        /// `/api/v1/metrics` of a Pushgateway: the pushed metrics as JSON.
        case storedMetrics
        /// `/api/v1/admin/wipe` of a Pushgateway.
        case wipe
        /// `/api/v1/status` of a Pushgateway, below its prefix.
        case status
        /// Nothing known.
        case nothing
    }

    /// The value of the label `handler` of `http_requests_total`.
    var handler: String {
        switch self {
        case .push: "push"
        case .metrics: "metrics"
        case .statusPage, .statusDocument: "status"
        case .healthy: "healthy"
        case .ready: "ready"
        case .probe: "probe"
        case .lifecycle: "lifecycle"
        case .unknown: "other"
        }
    }
}
