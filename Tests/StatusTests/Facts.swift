import Delivery
import Settings
import Telemetry

@testable import Status

extension StatusFacts {
    /// A collector at noon of 2026-08-21 that has run for an hour.
    static func usual(_ destinations: DestinationStatus...) -> StatusFacts {
        var facts = StatusFacts()
        facts.now = 1_787_313_600_000
        facts.started = facts.now - 3_600_000
        facts.build = BuildInfo(version: "0.1.0", swiftVersion: "6.3", revision: "abc")
        facts.configurationRead = facts.started
        facts.destinations = destinations
        facts.traffic = Array(repeating: Traffic.Step(), count: Traffic.stepCount - 1)
        facts.pushes = (10, 0)
        return facts
    }

    /// As much as there can be of everything, and all of it hostile.
    static func full(_ text: String) -> StatusFacts {
        var facts = usual()
        facts.destinations = (0..<20).map { number in
            var status = DestinationStatus.named(text)
            status.url = text
            status.state = DestinationStatus.State.allCases[number % 5]
            status.why = text
            status.lastTrouble = .init(time: facts.now, words: text)
            status.lastDelivery = facts.now - 5_000
            (status.counts.delivered, status.counts.refused, status.counts.unconfirmed) = (.max, .max, .max)
            (status.counts.lost, status.counts.retried, status.counts.dropped) = (.max, .max, .max)
            status.queue.oldest = 1
            status.queue.bytes = .max / 100
            status.losses = (0..<24).map { _ in
                var loss = Loss(time: facts.now, kind: .refused, job: text, samples: .max)
                loss.words = text
                return loss
            }
            return status
        }
        for index in facts.traffic.indices {
            facts.traffic[index].pushes = index * 7_919 % 1_000
            facts.traffic[index].samples = index * 104_729 % 1_000_000
            facts.traffic[index].refusals = index * 31 % 17
            facts.traffic[index].nanoseconds = index * 7_919_000_007 % 1_000_000_000
            facts.traffic[index].slowest = index * 7_919_000_007 % 3_000_000_000
        }
        var push = PushFacts(time: facts.now, peer: text, path: text, status: 400)
        (push.job, push.reason, push.samples, push.nanoseconds) = (text, text, .max, 59_999_999_999)
        facts.taken = Array(repeating: push, count: 24)
        facts.refused = facts.taken
        facts.scrape = ScrapeStatus()
        for number in 0..<600 {
            var target = ScrapeStatus.Target(address: text, labels: [("a", text)])
            (target.state, target.error, target.lastScrape, target.samples) = (.down, text, facts.now, .max)
            facts.scrape?.targets[number] = target
        }
        for number in 0..<20 { facts.scrape?.problems["\(number)\(text)"] = text }
        facts.settings.scrape.pushGateways.kubernetes.enabled = true
        facts.probes = Array(repeating: ProbeStatus(name: text, threshold: .greatestFiniteMagnitude), count: 50)
        facts.settings.remoteWrite = (0..<50).map { _ in DestinationSettings(url: "http://far.test/\(text.utf8.count)")
        }
        facts.settings.externalLabels = ["a": text]
        facts.isConfigurationCurrent = false
        return facts
    }
}

extension DestinationStatus {
    /// One that delivers, with an empty queue of 1 MiB.
    static func named(_ name: String) -> DestinationStatus {
        var status = DestinationStatus()
        status.name = name
        status.state = .delivering
        status.lastDelivery = 1_787_313_598_000
        status.queue.limit = 1 << 20
        return status
    }
}
