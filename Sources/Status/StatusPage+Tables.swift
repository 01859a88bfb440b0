import Delivery
import Telemetry

// The last pushes, and the configuration.
extension StatusPage {
    /// How many rows a table has; fewer where there are tables of Pushgateways or heartbeats as well.
    private static func most(_ facts: StatusFacts) -> Int { facts.scrape == nil && facts.probes.isEmpty ? 14 : 6 }
    private static let mostLosses = 10
    /// How long pushed text may be on the page, in bytes as they stand there.
    private static let longestName = 90
    private static let longestReason = 220
    private static let longestConfiguration = 7_000

    /// The columns that say what a row is about.
    private static let rowHeads: Set = ["Job", "Pushgateway", "Service"]

    /// A column: its head, and whether it holds numbers.
    typealias Column = (name: String, isNumber: Bool)

    static func losses(_ facts: StatusFacts) -> String {
        guard !facts.losses.isEmpty else { return "" }
        let rows = facts.losses.prefix(mostLosses).map { destination, loss in
            let status = loss.status > 0 ? " (\(loss.status))" : ""
            return [
                time(loss.time, facts.now), name(loss.job), Words.grouped(loss.samples),
                HTML.text(destination, limit: 50),
                "\(loss.kind.words)\(status)\(reason(loss.words))", loss.isTold ? "yes" : "no",
            ]
        }
        return table(
            "losses", "Not stored by a destination",
            "These samples will not be sent again: push them again if they matter.",
            [
                ("Time", false), ("Job", false), ("Samples", true), ("Destination", false), ("Why", false),
                ("Pusher told", false),
            ],
            rows)
    }

    static func refusals(_ facts: StatusFacts) -> String {
        let rows = facts.refused.prefix(most(facts)).map { push in
            [
                time(push.time, facts.now), name(push.job ?? push.path), status(push.status),
                HTML.text(push.reason, limit: longestReason), HTML.text(push.peer, limit: 50),
            ]
        }
        guard !rows.isEmpty else { return empty("refusals", "Last refusals", "No push was refused.") }
        return table(
            "refusals", "Last refusals", "Nothing of these was forwarded; the pusher got the same words.",
            [("Time", false), ("Job", false), ("Answer", false), ("Reason", false), ("From", false)], rows)
    }

    static func pushes(_ facts: StatusFacts) -> String {
        let rows = facts.taken.prefix(most(facts)).map { push in
            [
                time(push.time, facts.now), name(push.job ?? push.path), Words.grouped(push.samples),
                status(push.status) + reason(push.reason), Words.duration(nanoseconds: push.nanoseconds),
                HTML.text(push.peer, limit: 50),
            ]
        }
        guard !rows.isEmpty else { return empty("pushes", "Last pushes", "Nothing was pushed yet.") }
        return table(
            "pushes", "Last pushes", "200: every required destination has stored it. 202: it waits in memory.",
            [("Time", false), ("Job", false), ("Samples", true), ("Answer", false), ("Took", true), ("From", false)],
            rows)
    }

    static func configuration(_ facts: StatusFacts) -> String {
        let yaml = facts.settings.yaml
        let shown = HTML.text(yaml.replacing("\n", with: "\u{1}"), limit: longestConfiguration)
            .replacing("\\u{1}", with: "\n")
        let read = facts.configurationRead > 0 ? " Read at \(Words.time(facts.configurationRead))." : ""
        return """
            <section aria-labelledby="configuration"><h2 id="configuration">Configuration in force</h2>
            <details id="yaml"><summary>Every key with its value; secrets are not shown.\(read)</summary>
            <pre tabindex="0" role="region" aria-labelledby="configuration">\(shown)</pre></details></section>

            """
    }

    static func table(
        _ id: String, _ title: String, _ note: String, _ columns: [Column], _ rows: [[String]]
    ) -> String {
        var text = """
            <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
            <table class="\(id)"><caption>\(note)</caption><thead><tr>
            """
        for column in columns {
            text += "<th scope=\"col\"\(column.isNumber ? " class=\"n\"" : "")>\(column.name)</th>"
        }
        text += "</tr></thead><tbody>\n"
        for row in rows {
            text += "<tr>"
            for (column, cell) in zip(columns, row) {
                let number = column.isNumber ? " class=\"n\"" : ""
                let unit = column.name == "Samples" ? " data-unit=\"samples\"" : ""
                text +=
                    rowHeads.contains(column.name)
                    ? "<th scope=\"row\">\(cell)</th>" : "<td\(number)\(unit)>\(cell)</td>"
            }
            text += "</tr>\n"
        }
        return text + "</tbody></table></section>\n"
    }

    static func empty(_ id: String, _ title: String, _ text: String) -> String {
        "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2><p class=\"soft\">\(text)</p></section>\n"
    }

    static func time(_ time: Int64, _ now: Int64) -> String {
        "<time datetime=\"\(CivilTime.rfc3339(seconds: time / 1_000))\">\(Words.time(time, now: now))</time>"
    }

    static func name(_ text: String) -> String {
        text.isEmpty ? "(empty)" : "<bdi>\(HTML.text(text, limit: longestName))</bdi>"
    }

    private static func status(_ status: Int) -> String {
        let level: Verdict.Level = status == 200 ? .well : .notice
        return "<span class=\"answer\">\(shape(level.rawValue))\(status)</span>"
    }

    /// What stands behind an answer, where there is something to say.
    private static func reason(_ text: String) -> String {
        text.isEmpty ? "" : " <span class=\"soft\"><bdi>\(HTML.text(text, limit: longestReason))</bdi></span>"
    }
}

extension Loss.Kind {
    /// The kind for people.
    fileprivate var words: String {
        switch self {
        case .refused: "refused"
        case .unconfirmed: "not confirmed"
        case .expired: "older than sample_age_limit"
        case .lost: "lost at the end"
        }
    }
}
