import Synchronization

/// What became of reloads of the configuration; the start counts as one that went well.
public final class ReloadMetrics: Sendable {
    private struct State {
        var isSuccessful = true
        /// In ms since the epoch.
        var lastSuccess: Int64 = 0
    }

    private let state = Mutex(State())

    /// Nothing yet.
    public init() {}

    /// The configuration has been put in force.
    ///
    /// - Parameter time: when, in ms since the epoch.
    public func succeed(at time: Int64) { state.withLock { $0 = State(isSuccessful: true, lastSuccess: time) } }

    /// The configuration was not put in force, and the one before is still.
    public func fail() { state.withLock { $0.isSuccessful = false } }

    /// Whether the configuration that was read last is in force, and since when the one in force is, in ms since the epoch.
    public var current: (isRead: Bool, since: Int64) { state.withLock { ($0.isSuccessful, $0.lastSuccess) } }

    /// `config_last_reload_successful`, `config_last_reload_success_timestamp_seconds`.
    var families: [MetricFamily] {
        let state = state.withLock { $0 }
        return [
            MetricFamily(
                .gauge, "push_collector_config_last_reload_successful",
                "1 while the configuration that was read last is in force.", state.isSuccessful ? 1 : 0),
            MetricFamily(
                .gauge, "push_collector_config_last_reload_success_timestamp_seconds",
                "When a configuration was last put in force.", Int(state.lastSuccess / 1_000)),
        ]
    }
}
