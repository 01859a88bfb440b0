import Foundation
import Settings
import Telemetry
import Testing

@testable import Status

@Suite("What the status page says of Pushgateways and heartbeats")
struct StatusPageSourcesTests {
    private func target(_ number: Int, _ state: ScrapeStatus.State, error: String? = nil) -> ScrapeStatus.Target {
        var target = ScrapeStatus.Target(
            address: "h\(number):9091", labels: [("instance", "h"), ("job", "j"), ("team", "a<b")])
        (target.state, target.error, target.samples) = (state, error, 12_345)
        if state != .unknown { (target.lastScrape, target.duration) = (1_787_313_590_000, .milliseconds(12)) }
        return target
    }

    private func facts(_ targets: [ScrapeStatus.Target]) -> StatusFacts {
        var facts = StatusFacts.usual(.named("mimir"))
        facts.scrape = ScrapeStatus()
        facts.scrape?.targets = Dictionary(uniqueKeysWithValues: zip(1..., targets))
        return facts
    }

    @Test func `nothing where nothing is configured`() {
        let page = StatusPage.text(.usual(.named("mimir")))
        #expect(!page.contains("id=\"gateways\"") && !page.contains("id=\"probes\""))
    }

    @Test func `a target has its state, time, samples and labels; what fails comes first, with its reason`() {
        let page = StatusPage.text(
            facts([target(1, .up), target(2, .unknown), target(3, .down, error: "no <answer>")]))
        for part in [
            "3 Pushgateways: 1 read, 1 failing, 1 not read yet.",
            "<bdi>h1:9091</bdi> <span class=\"soft\"><bdi>team=a&lt;b</bdi>",
            ">12,345</td>", ">12 ms</td>", "no &lt;answer&gt;", "11:59:50", "1 of 3 Pushgateways cannot be read",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        let places = ["h3:9091", "h2:9091", "h1:9091"].compactMap { page.range(of: "<bdi>\($0)")?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
    }

    @Test func `of 500 targets six are shown, and all are counted; the page stays small`() {
        let page = StatusPage.text(facts((0..<500).map { target($0, $0 < 7 ? .down : .up, error: "refused") }))
        #expect(page.contains("500 Pushgateways: 493 read, 7 failing. 6 are shown, the failing ones first: <a href"))
        #expect(page.matches(of: /<bdi>h[0-9]+:9091<\/bdi>/).count == 6)
        #expect(page.utf8.count < 45_000, "\(page.utf8.count)")
    }

    @Test func `discovery says what is wrong in words, or how many it knows`() {
        var facts = facts([])
        facts.settings.scrape.pushGateways.kubernetes.enabled = true
        let begun = StatusPage.text(facts)
        #expect(begun.contains("0 Pushgateways. Kubernetes is being asked.") && !begun.contains("<table"))
        facts.scrape?.discovered = 4
        #expect(StatusPage.text(facts).contains("Kubernetes knows 4."))
        facts.scrape?.problems = ["services": "the API server answered 401: <b>"]
        let page = StatusPage.text(facts)
        #expect(page.contains("services: <bdi>the API server answered 401: &lt;b&gt;</bdi>"))
        #expect(page.contains("<title>! Pushgateways cannot be looked for - Push Collector</title>"))
    }

    @Test func `a service is fresh, overdue or not heard of, with its age`() {
        var facts = StatusFacts.usual(.named("mimir"))
        var (fresh, overdue) = (ProbeStatus(name: "one", threshold: 5), ProbeStatus(name: "two", threshold: 2.5))
        (fresh.isFresh, fresh.last) = (true, 1_787_313_598)
        overdue.last = 1_787_313_500
        facts.probes = [fresh, overdue, ProbeStatus(name: "<three>", threshold: 86_400)]
        let page = StatusPage.text(facts)
        for part in [
            "1 of 3 services fresh.", "overdue</span>", "1 min 40 s ago", "2 s ago", ">for 2.5 s<",
            "not heard of</span>",
            "&lt;three&gt;", ">for 86,400 s<",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        let places = ["two", "&lt;three&gt;", "one"].compactMap { page.range(of: "<bdi>\($0)</bdi>")?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
        #expect(page.contains("<title>\u{2713} "), "a heartbeat that is missing is not the collector's fault")
    }

    @Test(arguments: [-1e300, -1, 0, 1e11, 1e300])
    func `a time far from now is shown`(time: Double) {
        var facts = StatusFacts.usual()
        var probe = ProbeStatus(name: "p", threshold: 0.001)
        probe.last = time
        facts.probes = [probe]
        #expect(StatusPage.text(facts).contains("id=\"probes\""))
        #expect(StatusDocument.text(facts).contains("\"probes\":[{"))
    }
}
