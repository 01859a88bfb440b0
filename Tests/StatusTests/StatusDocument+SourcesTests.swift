import Foundation
import Telemetry
import Testing

@testable import Status

@Suite("Pushgateways and heartbeats as JSON")
struct StatusDocumentSourcesTests {
    private func read(_ facts: StatusFacts) throws -> [String: Any] {
        let text = StatusDocument.text(facts)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return try #require(object["data"] as? [String: Any])
    }

    @Test func `nothing where nothing is configured`() throws {
        let data = try read(.usual())
        #expect(data["scrape"] is NSNull)
        #expect((data["probes"] as? [Any])?.isEmpty == true)
    }

    @Test func `targets and services have their facts, discovery its problems, and there are not too many`() throws {
        var facts = StatusFacts.usual()
        var status = ScrapeStatus()
        for number in 0..<1_200 {
            status.targets[number] = .init(address: "h:\(number)", labels: [("job", "j\u{0}")])
        }
        status.targets[7]?.state = .down
        status.targets[7]?.error = "timeout"
        status.targets[7]?.lastScrape = facts.now
        status.targets[7]?.duration = .milliseconds(250)
        status.problems = ["services": "401"]
        status.discovered = 9
        facts.scrape = status
        var probe = ProbeStatus(name: "p", threshold: 2.5)
        (probe.isFresh, probe.last, probe.heartbeats) = (true, 1_787_313_599.5, 4)
        facts.probes = [probe, ProbeStatus(name: "q", threshold: 1)]
        let data = try read(facts)
        let scrape = try #require(data["scrape"] as? [String: Any])
        #expect(scrape["count"] as? [String: Int] == ["unknown": 1_199, "up": 0, "down": 1])
        #expect(scrape["discovered"] as? Int == 9)
        #expect(scrape["problems"] as? [[String: String]] == [["what": "services", "text": "401"]])
        let targets = try #require(scrape["targets"] as? [[String: Any]])
        #expect(targets.count == 1_000)
        #expect(targets[0]["address"] as? String == "h:7")
        #expect(targets[0]["state"] as? String == "down")
        #expect(targets[0]["error"] as? String == "timeout")
        #expect(targets[0]["lastScrape"] as? String == "2026-08-21T12:00:00.000Z")
        #expect(targets[0]["seconds"] as? Double == 0.25)
        #expect(targets[1]["labels"] as? [String: String] == ["job": "j\u{0}"])
        let probes = try #require(data["probes"] as? [[String: Any]])
        #expect(probes.map { $0["fresh"] as? Bool } == [true, false])
        #expect(probes[0]["lastHeartbeat"] as? String == "2026-08-21T11:59:59.500Z")
        #expect(probes[0]["heartbeats"] as? Int == 4)
        #expect(probes[1]["lastHeartbeat"] is NSNull)
    }
}
