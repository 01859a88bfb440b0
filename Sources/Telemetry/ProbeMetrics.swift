import Synchronization

/// What is known of the services of `probes`: asked for each page, for the answer changes with the time.
public final class ProbeMetrics: Sendable {
    private let source = Mutex<(@Sendable () -> [ProbeStatus])?>(nil)

    /// No service is watched.
    public init() {}

    /// Where the states are from now on; nil: there are no services.
    public func use(_ states: (@Sendable () -> [ProbeStatus])?) { source.withLock { $0 = states } }

    /// The services, in the order of the configuration.
    public var states: [ProbeStatus] { source.withLock { $0 }?() ?? [] }
}

extension ProbeMetrics {
    /// Without services the families have no series.
    var families: [MetricFamily] {
        let states = states
        let family = { (kind: MetricFamily.Kind, name: String, help: String, value: (ProbeStatus) -> String) in
            MetricFamily(
                kind, "push_collector_probe_\(name)", help,
                states.map { .init(labels: [("service", $0.name)], value: value($0)) })
        }
        return [
            family(.gauge, "success", "1 while the service's last heartbeat is fresh.") { $0.isFresh ? "1" : "0" },
            family(
                .gauge, "heartbeat_timestamp_seconds", "When the service's last heartbeat was; 0 before the first."
            ) { $0.timeText },
            family(.counter, "heartbeats_total", "Heartbeats of the service.") { String($0.heartbeats) },
        ]
    }
}
