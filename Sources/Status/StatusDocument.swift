import Delivery
import Telemetry

/// `/api/v1/status`: the facts as JSON, in Prometheus's envelope.
public enum StatusDocument {
    /// Texts of pushers are cut to so many bytes.
    private static let longestText = 1_024

    /// One line of JSON, and its end.
    public static func text(_ facts: StatusFacts) -> String {
        var text = ""
        text.reserveCapacity(32 << 10)
        JSONText.object([("status", .text("success")), ("data", data(facts))]).write(to: &text)
        return text + "\n"
    }

    private static func data(_ facts: StatusFacts) -> JSONText {
        let verdict = Verdict(facts)
        return .object([
            ("time", .time(facts.now)), ("version", .text(facts.build.version)),
            ("revision", .text(facts.build.revision)), ("swiftVersion", .text(facts.build.swiftVersion)),
            ("startTime", .time(facts.started)), ("phase", .text(facts.phase.rawValue)),
            (
                "verdict",
                .object([
                    ("level", .text(verdict.level.rawValue)), ("title", .text(verdict.title)),
                    ("text", .text(verdict.text)),
                ])
            ),
            ("pushes", .object([("all", .number(facts.pushes.all)), ("refused", .number(facts.pushes.refused))])),
            ("traffic", traffic(facts.traffic)),
            ("destinations", .list(facts.destinations.map(destination))),
            ("scrape", facts.scrape.map(scrape) ?? .null), ("probes", .list(facts.probes.map(probe))),
            (
                "losses",
                .list(facts.losses.map { .object([("destination", .text($0.destination))] + members($0.loss)) })
            ),
            ("lastRefusals", .list(facts.refused.map(push))), ("lastPushes", .list(facts.taken.map(push))),
            (
                "configuration",
                .object([
                    ("isCurrent", .bool(facts.isConfigurationCurrent)), ("readTime", .time(facts.configurationRead)),
                    ("yaml", .text(facts.settings.yaml)),
                ])
            ),
        ])
    }

    private static func traffic(_ steps: [Traffic.Step]) -> JSONText {
        .object([
            ("stepSeconds", .number(Traffic.stepSeconds)), ("pushes", .list(steps.map { .number($0.pushes) })),
            ("samples", .list(steps.map { .number($0.samples) })),
            ("refusals", .list(steps.map { .number($0.refusals) })),
            ("meanSeconds", .list(steps.map { .seconds(nanoseconds: $0.mean) })),
            ("slowestSeconds", .list(steps.map { .seconds(nanoseconds: $0.slowest) })),
        ])
    }

    private static func destination(_ status: DestinationStatus) -> JSONText {
        let (queue, counts) = (status.queue, status.counts)
        return .object([
            ("name", .text(status.name)), ("url", .text(status.url)), ("required", .bool(status.isRequired)),
            ("leaving", .bool(status.isLeaving)), ("state", .text(status.state.rawValue)),
            ("failing", .bool(status.isFailing)),
            ("why", .optional(status.why)),
            (
                "lastError",
                status.lastTrouble.map { .object([("time", .time($0.time)), ("text", .text($0.words))]) } ?? .null
            ),
            ("lastDelivery", .time(status.lastDelivery)), ("protocolVersion", .number(status.protocolVersion)),
            (
                "queue",
                .object([
                    ("bytes", .number(queue.bytes)), ("limitBytes", .number(queue.limit)),
                    ("samples", .number(queue.samples)), ("shards", .number(queue.shards)),
                    ("oldest", .time(queue.oldest)),
                ])
            ),
            (
                "samples",
                .object([
                    ("delivered", .number(counts.delivered)), ("retried", .number(counts.retried)),
                    ("refused", .number(counts.refused)), ("unconfirmed", .number(counts.unconfirmed)),
                    ("lost", .number(counts.lost)), ("dropped", .number(counts.dropped)),
                ])
            ),
        ])
    }

    private static func members(_ loss: Loss) -> [(String, JSONText)] {
        [
            ("time", .time(loss.time)), ("kind", .text(loss.kind.rawValue)), ("job", text(loss.job)),
            ("samples", .number(loss.samples)), ("status", .number(loss.status)), ("text", text(loss.words)),
            ("pusherTold", .bool(loss.isTold)),
        ]
    }

    /// Foreign text, cut.
    static func text(_ text: String) -> JSONText { .text(HTML.clip(text, to: longestText)) }

    private static func push(_ push: PushFacts) -> JSONText {
        .object([
            ("time", .time(push.time)), ("peer", .text(push.peer)),
            ("job", push.job.map(text) ?? .null),
            ("path", text(push.path)), ("samples", .number(push.samples)),
            ("status", .number(push.status)), ("seconds", .seconds(nanoseconds: push.nanoseconds)),
            ("reason", text(push.reason)),
        ])
    }
}

extension Traffic.Step {
    /// What a push took on average, in nanoseconds.
    var mean: Int { pushes > 0 ? nanoseconds / pushes : 0 }
}
