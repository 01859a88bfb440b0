import Delivery
import Foundation
import Settings
import Telemetry
import Testing

@testable import Status

@Suite("The status as JSON")
struct StatusDocumentTests {
    private func read(_ facts: StatusFacts) throws -> [String: Any] {
        let text = StatusDocument.text(facts)
        #expect(text.split(separator: "\n").count == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["status"] as? String == "success")
        return try #require(object["data"] as? [String: Any])
    }

    @Test func `it is JSON, whatever was pushed`() throws {
        let nasty = "</script>\"\\\u{0}\u{7F}\u{2028}\u{FFFF}😀\r\n"
        let data = try read(.full(nasty))
        let refusals = try #require(data["lastRefusals"] as? [[String: Any]])
        #expect(refusals.count == 24)
        #expect(refusals.first?["job"] as? String == nasty)
        #expect((data["losses"] as? [Any])?.count == 480)
        #expect((data["destinations"] as? [[String: Any]])?.first?["state"] as? String == "idle")
    }

    @Test func `it has the facts of the page`() throws {
        var facts = StatusFacts.usual(.named("mimir"))
        facts.destinations[0].queue.oldest = facts.now - 5_000
        facts.traffic[7].pushes = 2
        facts.traffic[7].nanoseconds = 3_000_000
        let data = try read(facts)
        #expect(data["startTime"] as? String == "2026-08-21T11:00:00.000Z")
        #expect((data["verdict"] as? [String: Any])?["level"] as? String == "well")
        let destination = try #require((data["destinations"] as? [[String: Any]])?.first)
        #expect(destination["name"] as? String == "mimir")
        #expect(destination["leaving"] as? Bool == false)
        #expect((destination["queue"] as? [String: Any])?["oldest"] as? String == "2026-08-21T11:59:55.000Z")
        let traffic = try #require(data["traffic"] as? [String: Any])
        #expect((traffic["meanSeconds"] as? [Double])?[7] == 0.0015)
        let yaml = (data["configuration"] as? [String: Any])?["yaml"] as? String
        #expect(yaml == facts.settings.yaml)
    }

    @Test func `pushed text is cut`() throws {
        let data = try read(.full(String(repeating: "x", count: 100_000)))
        let job = (data["lastPushes"] as? [[String: Any]])?.first?["job"] as? String
        #expect((job?.utf8.count ?? .max) < 1_100)
    }
}
