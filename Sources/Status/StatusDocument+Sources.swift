import Telemetry

// The Pushgateways that are read, and the services whose heartbeats are watched.
extension StatusDocument {
    /// How many targets are listed; all are counted.
    private static let most = 1_000

    static func scrape(_ status: ScrapeStatus) -> JSONText {
        let counts = status.counts
        return .object([
            (
                "count",
                .object(ScrapeStatus.State.allCases.map { ($0.rawValue, .number(counts[$0] ?? 0)) })
            ),
            ("discovered", status.discovered.map { .number($0) } ?? .null),
            (
                "problems",
                .list(
                    status.problems.sorted(by: <).map { .object([("what", .text($0.key)), ("text", text($0.value))]) })
            ),
            ("targets", .list(status.sorted.prefix(most).map(target))),
        ])
    }

    private static func target(_ target: ScrapeStatus.Target) -> JSONText {
        .object([
            ("address", .text(target.address)), ("labels", .object(target.labels.map { ($0.name, text($0.value)) })),
            ("state", .text(target.state.rawValue)), ("lastScrape", .time(target.lastScrape)),
            ("seconds", .seconds(nanoseconds: target.nanoseconds)), ("samples", .number(target.samples)),
            ("error", target.error.map(text) ?? .null),
        ])
    }

    static func probe(_ probe: ProbeStatus) -> JSONText {
        .object([
            ("name", .text(probe.name)), ("fresh", .bool(probe.isFresh)), ("lastHeartbeat", .time(probe.time)),
            ("thresholdSeconds", .decimal("\(probe.threshold)")), ("heartbeats", .number(probe.heartbeats)),
        ])
    }
}
