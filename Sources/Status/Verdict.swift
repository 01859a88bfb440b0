import Delivery
import Telemetry

/// What an operator is to know first: whether all is well, and what to do where it is not.
struct Verdict: Equatable {
    /// How bad it is; shown by a word and a shape, and by colour only besides.
    enum Level: String {
        case well, notice, trouble
    }

    var level: Level
    var title: String
    var text: String

    /// The gravest thing that the facts tell.
    init(_ facts: StatusFacts) {
        let worst = facts.destinations.compactMap { Verdict($0, now: facts.now) }
        let ofDestinations = worst.first { $0.level == .trouble } ?? worst.first
        self =
            Verdict(phase: facts.phase) ?? ofDestinations ?? Verdict(configuration: facts) ?? Verdict(losses: facts)
            ?? Verdict(scraping: facts) ?? Verdict(refusals: facts) ?? Verdict(quiet: facts)
    }

    private init(_ level: Level, _ title: String, _ text: String) {
        (self.level, self.title, self.text) = (level, title, text)
    }

    private init?(phase: StatusFacts.Phase) {
        switch phase {
        case .ready: return nil
        case .starting: self.init(.notice, "Starting", "It does not take pushes yet.")
        case .draining:
            self.init(
                .notice, "Being stopped",
                "What is queued is still delivered; pushes that come now meet another replica, or are turned away.")
        }
    }

    private init?(_ destination: DestinationStatus, now: Int64) {
        let name = HTML.clip(destination.name, to: 60)
        if destination.isLeaving {
            self.init(leaving: destination, name)
            return
        }
        let fill = destination.queue.percent
        let held = "What is pushed waits in memory and goes out when it is mended; \(fill) % of the queue is used."
        let level = destination.isRequired ? Level.trouble : .notice
        switch destination.state {
        case .holding:
            self.init(
                level, "\(name) is not talked to as it wants",
                "Mend its configuration: \(destination.advice). \(held)")
        case .backingOff where destination.isFailing:
            self.init(
                level, "\(name) stores nothing", "Look at the destination: \(destination.advice). \(held)")
        case _ where fill >= 80:
            self.init(
                level, "The queue of \(name) is \(fill) % full",
                "Once it is full, pushes are answered 503. The destination is too slow, or was away.")
        default: return nil
        }
    }

    /// One that leaves and delivers is as it should be; one that cannot may take samples along.
    private init?(leaving destination: DestinationStatus, _ name: String) {
        guard destination.state.isStuck, destination.queue.samples > 0 else { return nil }
        let samples = Words.count(destination.queue.samples, "sample", "samples")
        self.init(
            .notice, "\(name) is leaving, and still lacks \(samples)",
            "The configuration names it no more. What it was sent before waits in memory: \(destination.advice). "
                + "What it has not taken when the process ends is lost.")
    }

    private init?(configuration facts: StatusFacts) {
        guard !facts.isConfigurationCurrent else { return nil }
        self.init(
            .notice, "A changed configuration was refused",
            "The one of \(Words.time(facts.configurationRead)) is still in force; the log names the lines that are wrong."
        )
    }

    private init?(losses facts: StatusFacts) {
        let recent = facts.losses.filter { !$0.loss.isTold && facts.now - $0.loss.time < 600_000 }
        guard let last = recent.first else { return nil }
        let samples = recent.reduce(0) { $0 + $1.loss.samples }
        self.init(
            .notice, "\(Words.count(samples, "sample", "samples")) will not be stored",
            "\(HTML.clip(last.destination, to: 60)) did not take them after their pushes had been answered; "
                + "their jobs are below.")
    }

    private init?(scraping facts: StatusFacts) {
        guard let scrape = facts.scrape else { return nil }
        let down = scrape.counts[.down] ?? 0
        if let problem = scrape.problems.sorted(by: <).first {
            self.init(
                .notice, "Pushgateways cannot be looked for",
                "In Kubernetes, \(problem.key): \(HTML.clip(problem.value, to: 300)). Those that are known are read as before."
            )
        } else if down > 0 {
            self.init(
                .notice,
                "\(down) of \(Words.count(scrape.targets.count, "Pushgateway", "Pushgateways")) cannot be read",
                "Their series have ended at the destinations; why is below. Pushes are taken as ever.")
        } else {
            return nil
        }
    }

    private init?(refusals facts: StatusFacts) {
        let (pushes, refusals) = facts.recent
        guard refusals * 20 > pushes else { return nil }
        self.init(
            .notice, "\(refusals) of \(Words.count(pushes, "push was", "pushes were")) refused",
            "In the last ten minutes. The reasons are below, and in the answers that the pushers got.")
    }

    private init(quiet facts: StatusFacts) {
        let isUnused = facts.pushes.all == 0
        self.init(
            .well, isUnused ? "Ready for the first push" : "All is well",
            isUnused
                ? "Nothing was pushed yet since the start."
                : "Every destination stores what it is sent, and next to nothing is refused.")
    }
}

extension DestinationStatus.State {
    /// Whether nothing is stored.
    var isStuck: Bool { self == .backingOff || self == .holding }
}

extension DestinationStatus {
    /// Why it is not delivering, for the middle of a sentence.
    var advice: String { HTML.clip(why ?? lastTrouble?.words ?? "no answer", to: 200) }
}

extension DestinationStatus.QueueStatus {
    /// How full it is, 0 to 100.
    var percent: Int { min(100, max(0, limit > 0 ? bytes * 100 / limit : 0)) }
}
