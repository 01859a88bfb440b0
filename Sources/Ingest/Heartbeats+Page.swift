import Settings
import Telemetry

extension Heartbeats {
    /// The answer to `/probe`, as the Blackbox exporter's is: whether a service lives.
    ///
    /// - Parameters:
    ///   - now: milliseconds since the epoch.
    ///   - start: when the answer was begun.
    static func page(
        of target: String?, _ heartbeats: Heartbeats?, now: Int64, since start: ContinuousClock.Instant
    ) throws(PushError) -> HTTPAnswer {
        guard let target, !target.isEmpty else { throw .probeWithoutTarget }
        guard let service = heartbeats?[target] else {
            throw .unknownProbeTarget(target, known: heartbeats?.services.map(\.settings.name) ?? [])
        }
        return .metrics(service.page(now: Double(now) / 1_000, took: start.duration(to: .now)))
    }
}

extension Heartbeats {
    /// The services as they are now.
    ///
    /// - Parameter now: milliseconds since the epoch.
    func states(now: Int64) -> [ProbeStatus] {
        services.map { service in
            var status = ProbeStatus(
                name: service.settings.name, threshold: service.settings.freshnessThreshold / .seconds(1))
            status.isFresh = service.isFresh(now: Double(now) / 1_000)
            status.last = service.last
            status.heartbeats = service.count
            return status
        }
    }
}

extension Heartbeats.Service {
    /// The page as text 0.0.4; before the first heartbeat its age is infinite, and its time the beginning of the epoch.
    func page(now: Double, took duration: Duration) -> String {
        let last = last
        let age = last.map { now - $0 } ?? .infinity
        return Self.gauge("probe_success", "Whether the last heartbeat is fresh.", isFresh(now: now) ? 1 : 0)
            + Self.gauge("probe_duration_seconds", "How long this probe took, in seconds.", duration / .seconds(1))
            + Self.gauge("probe_heartbeat_age_seconds", "How long ago the last heartbeat was, in seconds.", age)
            + Self.gauge(
                "probe_heartbeat_timestamp_seconds", "When the last heartbeat was, in seconds since the epoch.",
                last ?? 0)
            + Self.gauge(
                "probe_heartbeat_seen", "Whether there was a heartbeat since the collector started.",
                last == nil ? 0 : 1)
    }

    /// Whether the service is taken to live.
    ///
    /// - Parameter now: seconds since the epoch.
    func isFresh(now: Double) -> Bool {
        last.map { now - $0 <= settings.freshnessThreshold / .seconds(1) } ?? false
    }

    private static func gauge(_ name: String, _ help: String, _ value: Double) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) gauge\n\(name) \(text(value))\n"
    }

    private static func text(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
