import Delivery
import NIOCore
import NIOHTTP1
import Samples
import Settings
import Status
import Telemetry

// What the status page shows, put together when it is asked for.
extension Intake {
    /// How it is now.
    var statusFacts: StatusFacts {
        var facts = StatusFacts()
        facts.now = wallClock()
        facts.started = metrics.started
        facts.build = metrics.build
        facts.phase = readiness.phase.forStatus
        (facts.isConfigurationCurrent, facts.configurationRead) = metrics.reloads.current
        facts.settings = configuration()
        facts.destinations = outbox.roster.members.map { $0.status(at: .now) }
        facts.probes = heartbeats?.states(now: facts.now) ?? []
        if facts.settings.scrape.pushGateways.isEnabled { facts.scrape = metrics.scrape.status }
        addJournals(to: &facts)
        for (request, count) in metrics.http.requests.values where request.handler == "push" {
            facts.pushes.all += count
            if !(200..<300).contains(request.code) { facts.pushes.refused += count }
        }
        return facts
    }

    /// Has the own metrics show the services.
    func showProbes() {
        guard let heartbeats else { return metrics.probes.use(nil) }
        let now = wallClock
        metrics.probes.use { heartbeats.states(now: now()) }
    }

    private func addJournals(to facts: inout StatusFacts) {
        let (readings, now, wall) = (journals.readings, NIODeadline.now(), facts.now)
        let second = Int(now.uptimeNanoseconds / 1_000_000_000)
        facts.traffic = Traffic.steps(of: readings.map(\.traffic), before: second)
        let latest = { (entries: [Journal.Entry]) in
            entries.sorted { $0.answered > $1.answered }.prefix(Journal.kept).map { fact($0, now: now, wall: wall) }
        }
        facts.taken = latest(readings.flatMap(\.taken))
        facts.refused = latest(readings.flatMap(\.refused))
    }

    /// The entry for people; its time is reckoned back from now, so that no push has to ask what time it is.
    private func fact(_ entry: Journal.Entry, now: NIODeadline, wall: Int64) -> PushFacts {
        let time = wall - (now - entry.answered).nanoseconds / 1_000_000
        var push = PushFacts(
            time: time, peer: PeerName.text(entry.peer), path: String(entry.target.prefix { $0 != "?" }),
            status: entry.status)
        push.job = (try? Target(entry.target, routes).grouping.get())?.job
        push.samples = entry.samples
        push.nanoseconds = Int((entry.answered - entry.began).nanoseconds)
        push.reason = String(entry.reason.prefix { $0 != "\n" })
        return push
    }
}

extension Readiness.Phase {
    fileprivate var forStatus: StatusFacts.Phase {
        switch self {
        case .starting: .starting
        case .ready: .ready
        case .leaving, .draining: .draining
        }
    }
}

extension HTTPAnswer {
    /// 200 with the status page.
    static func page(_ facts: StatusFacts) -> HTTPAnswer {
        HTTPAnswer(
            status: .ok,
            headers: [
                .init("Content-Type", "text/html; charset=utf-8"), .init("Content-Security-Policy", StatusPage.policy),
            ] + closed, body: StatusPage.text(facts))
    }

    /// 200 with the same facts as JSON.
    static func document(_ facts: StatusFacts) -> HTTPAnswer {
        HTTPAnswer(
            status: .ok, headers: [.init("Content-Type", "application/json")] + closed,
            body: StatusDocument.text(facts))
    }

    private static var closed: [Header] {
        [
            .init("Cache-Control", "no-store"), .init("X-Content-Type-Options", "nosniff"),
            .init("Referrer-Policy", "no-referrer"),
        ]
    }
}
