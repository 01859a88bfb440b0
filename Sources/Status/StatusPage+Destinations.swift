import Delivery
import Telemetry

// The destinations, each a card.
extension StatusPage {
    /// How many are shown in full; the others are in the JSON.
    private static let most = 5

    static func destinations(_ facts: StatusFacts) -> String {
        let ordered = facts.destinations.filter(\.needsAttention) + facts.destinations.filter { !$0.needsAttention }
        var cards = ordered.prefix(most).enumerated().map { card($1, number: $0, now: facts.now) }
        if ordered.count > most {
            cards.append(
                "<p>\(ordered.count - most) more, which are \(ordered.dropFirst(most).contains(where: \.needsAttention) ? "not all well" : "well"): "
                    + "<a href=\"/api/v1/status\">all as JSON</a>.</p>")
        }
        return """
            <section aria-labelledby="destinations"><h2 id="destinations">Destinations</h2>
            <div class="cards">\(cards.joined(separator: "\n"))</div></section>

            """
    }

    private static func card(_ status: DestinationStatus, number: Int, now: Int64) -> String {
        let version =
            "remote write \(status.protocolVersion).0" + (status.isFallback ? ", for it does not know 2.0" : "")
        let lasting = { (time: Int64) in Words.duration(seconds: Int((now - time) / 1_000)) }
        let rows = [
            ("Oldest waiting", status.queue.oldest.map { "for \(lasting($0))" } ?? "nothing waits"),
            (
                "Stored",
                Words.count(status.counts.delivered, "sample", "samples")
                    + (status.lastDelivery.map { now - $0 < 1_000 ? ", just now" : ", last \(lasting($0)) ago" } ?? "")
            ),
            ("Not stored", notStored(status.counts)),
            ("Protocol", version),
        ].map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
        return """
            <article class="card \(status.level.rawValue)" aria-labelledby="d\(number)">
            <h3 id="d\(number)"><bdi>\(HTML.text(status.name, limit: 90))</bdi>\
            \(status.note.map { " <small>\($0)</small>" } ?? "")</h3>
            <p class="state">\(shape(status.state == .idle ? "idle" : status.level.rawValue))<strong>\(status.words)</strong></p>
            \(why(status))\(meter(status.queue, number: number))
            <dl>\(rows.joined())</dl>
            \(lastError(status, now: now))<p class="soft url">\(HTML.text(status.url, limit: 120))</p></article>
            """
    }

    private static func why(_ status: DestinationStatus) -> String {
        guard let why = status.why else { return "" }
        return "<p>\(HTML.text(why, limit: 220))</p>\n"
    }

    private static func notStored(_ counts: DestinationStatus.Counts) -> String {
        let kinds = [
            (counts.refused, "refused"), (counts.unconfirmed, "not confirmed"), (counts.lost, "lost"),
            (counts.dropped, "dropped"),
        ].filter { $0.0 > 0 }
        return kinds.isEmpty ? "none" : kinds.map { "\(Words.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    /// The queue's fill, drawn: a `<meter>` cannot be styled in all browsers.
    private static func meter(_ queue: DestinationStatus.QueueStatus, number: Int) -> String {
        let text = "\(Words.bytes(queue.bytes)) of \(Words.bytes(queue.limit))"
        let samples = queue.samples > 0 ? ", \(Words.count(queue.samples, "sample", "samples"))" : ""
        let width = queue.bytes > 0 ? max(1, queue.percent) : 0
        return """
            <p class="queue"><span>Queue</span> <span>\(text)\(samples)</span></p>\
            <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" \
            aria-label="The queue is \(queue.percent) % full"><rect class="track" width="100" height="4"/>\
            <rect class="\(queue.percent >= 80 ? "high" : "fill")" width="\(width)" height="4"/></svg>
            """
    }

    private static func lastError(_ status: DestinationStatus, now: Int64) -> String {
        guard let trouble = status.lastTrouble else { return "" }
        return """
            <p class="soft">Last error, \(Words.time(trouble.time, now: now)):</p>\
            <blockquote><bdi>\(HTML.text(trouble.words, limit: 320))</bdi></blockquote>

            """
    }
}

extension DestinationStatus {
    /// How bad its state is.
    var level: Verdict.Level {
        if isLeaving { return state.isStuck && queue.samples > 0 ? .notice : .well }
        return switch state {
        case .idle, .delivering: queue.percent >= 80 ? .notice : .well
        case .refusing: .notice
        case .backingOff, .holding: isRequired ? .trouble : .notice
        }
    }

    var needsAttention: Bool { level != .well }

    /// What is special about it beside its name.
    fileprivate var note: String? {
        if isLeaving { return "leaving: \(Words.count(queue.samples, "sample", "samples")) still to deliver" }
        return isRequired ? nil : "not required"
    }

    /// The state for people.
    var words: String {
        switch state {
        case .idle: "Nothing sent yet"
        case .delivering: "Delivering"
        case .refusing: "Refusing the last push"
        case .backingOff: "Backing off"
        case .holding: "Held: its configuration is wrong"
        }
    }
}
