import Settings
import Telemetry

// The Pushgateways that are read, and the services whose heartbeats are watched; nothing where nothing is configured.
extension StatusPage {
    /// How many rows a table has; the others are in the JSON.
    private static let most = 6
    private static let longestText = 120
    private static let longestLabels = 60

    static func pushgateways(_ facts: StatusFacts) -> String {
        guard let scrape = facts.scrape else { return "" }
        let all = scrape.sorted
        let counts = [
            (scrape.counts[.up], "read"), (scrape.counts[.down], "failing"), (scrape.counts[.unknown], "not read yet"),
        ]
        .filter { ($0.0 ?? 0) > 0 }.map { "\(Words.grouped($0.0 ?? 0)) \($0.1)" }
        let note =
            "\(Words.count(all.count, "Pushgateway", "Pushgateways"))\(counts.isEmpty ? "" : ": ")"
            + "\(counts.joined(separator: ", ")).\(rest(all.count)) \(discovery(facts))"
        let rows = all.prefix(most).map { target in
            [
                target.lastScrape.map { time($0, facts.now) } ?? "never",
                name(target.address) + soft(target.ownLabels, longestLabels), state(target),
                Words.grouped(target.samples), Words.duration(nanoseconds: target.nanoseconds),
            ]
        }
        guard !rows.isEmpty else { return empty("gateways", "Pushgateways that are read", note) }
        return table(
            "gateways", "Pushgateways that are read", note,
            [
                ("Last read", false), ("Pushgateway", false), ("State", false), ("Samples", true), ("Took", true),
            ], rows)
    }

    static func probes(_ facts: StatusFacts) -> String {
        let all = facts.probes.sorted { ($0.urgency, $0.name) < ($1.urgency, $1.name) }
        guard !all.isEmpty else { return "" }
        let rows = all.prefix(most).map { probe in
            let age = probe.last.map { Words.duration(seconds: facts.seconds(since: $0)) }
            return [
                probe.time.map { time($0, facts.now) } ?? "never", name(probe.name),
                mark(probe.isFresh ? .well : .notice, probe.words), age.map { "\($0) ago" } ?? "-",
                "for \(Words.tenths(Int(min(probe.threshold, 1e9) * 10))) s",
            ]
        }
        let fresh = all.count { $0.isFresh }
        return table(
            "probes", "Heartbeats",
            "\(fresh) of \(Words.count(all.count, "service", "services")) fresh.\(rest(all.count))",
            [("Last heartbeat", false), ("Service", false), ("State", false), ("Age", true), ("Fresh", true)], rows)
    }

    /// Where the rows are that a table has no room for.
    private static func rest(_ count: Int) -> String {
        guard count > most else { return "" }
        return " \(most) are shown, the failing ones first: <a href=\"/api/v1/status\">all as JSON</a>."
    }

    private static func discovery(_ facts: StatusFacts) -> String {
        guard facts.settings.scrape.pushGateways.kubernetes.enabled, let scrape = facts.scrape else { return "" }
        let problems = scrape.problems.sorted(by: <).prefix(2).map { what, why in
            mark(.notice, "\(HTML.text(what, limit: longestLabels)): <bdi>\(HTML.text(why, limit: longestText))</bdi>")
        }
        guard problems.isEmpty else { return "Kubernetes cannot be asked: \(problems.joined(separator: " "))" }
        guard let discovered = scrape.discovered else { return "Kubernetes is being asked." }
        return "Kubernetes knows \(Words.grouped(discovered))."
    }

    private static func state(_ target: ScrapeStatus.Target) -> String {
        switch target.state {
        case .up: mark(.well, "read")
        case .unknown: mark(.notice, "not read yet")
        case .down: mark(.notice, "failing") + soft(target.error ?? "", longestText)
        }
    }

    /// What stands behind a word, where there is something to say.
    private static func soft(_ text: String, _ limit: Int) -> String {
        text.isEmpty ? "" : " <span class=\"soft\"><bdi>\(HTML.text(text, limit: limit))</bdi></span>"
    }

    private static func mark(_ level: Verdict.Level, _ words: String) -> String {
        "<span class=\"answer\">\(shape(level.rawValue))\(words)</span>"
    }
}

extension ScrapeStatus.Target {
    /// The labels that tell it from others at the same address.
    var ownLabels: String {
        labels.filter { $0.name != "job" && $0.name != "instance" }.map { "\($0.name)=\($0.value)" }.joined(
            separator: " ")
    }

    /// How long the last scrape took.
    var nanoseconds: Int { Int(min(duration / .nanoseconds(1), 1e15)) }
}

extension ProbeStatus {
    /// Those first that are not fresh.
    fileprivate var urgency: Int { isFresh ? 2 : last == nil ? 1 : 0 }

    fileprivate var words: String { isFresh ? "fresh" : last == nil ? "not heard of" : "overdue" }

    /// When the last heartbeat was, in ms since the epoch; a time that is none is the beginning.
    var time: Int64? { last.map { Int64((min(max($0, 0), 1e11) * 1_000).rounded()) } }
}

extension StatusFacts {
    fileprivate func seconds(since time: Double) -> Int { Int(min(max(0, Double(now) / 1_000 - time), 1e11)) }
}
