import Settings
import Testing

@testable import SettingsFile

@Suite struct ProbesSectionTests {
    private func file(_ service: String) throws -> SettingsFile {
        try SettingsFile(Array("probes:\n  services: [{\(service)}]".utf8), name: "c.yaml")
    }

    @Test func `a service has a name, a threshold, labels and a metric`() throws {
        let file = try file(
            "name: a, freshness_threshold: 5s, match: {job: heartbeat, instance: a}, metric: beat_seconds")
        #expect(file.problems(with: file.settings.contradictions) == [])
        let service = try #require(file.settings.probes.services.first)
        #expect(service.name == "a" && service.freshnessThreshold == .seconds(5) && service.metric == "beat_seconds")
        #expect(service.labels == ["job": "heartbeat", "instance": "a"])
    }

    @Test(arguments: [("5", Duration.seconds(5)), ("0.5", .milliseconds(500)), ("90", .seconds(90))])
    func `a threshold can be a number of seconds`(text: String, threshold: Duration) throws {
        let file = try file("name: a, freshness_threshold_seconds: \(text)")
        #expect(file.problems(with: file.settings.contradictions) == [])
        #expect(file.settings.probes.services.first?.freshnessThreshold == threshold)
        #expect(file.settings.probes.services.first?.labels == nil)
    }

    @Test(arguments: [
        ("freshness_threshold: 5s", "2:14: probes.services[0].name: is missing"),
        ("name: a", "2:14: probes.services[0].freshness_threshold: is missing"),
        (
            "name: a, freshness_threshold: 5",
            "2:45: probes.services[0].freshness_threshold: expected a duration such as 30s"
        ),
        (
            "name: a, freshness_threshold_seconds: 5s",
            "2:53: probes.services[0].freshness_threshold_seconds: expected a number of seconds"
        ),
        (
            "name: a, freshness_threshold: 5s, freshness_threshold_seconds: 5",
            "2:78: probes.services[0].freshness_threshold_seconds: at most one of freshness_threshold, freshness_thre"
        ),
        ("name: a, freshness_threshold: 5s, match: [a]", "2:56: probes.services[0].match: expected a mapping"),
        (
            "name: a, freshness_threshold: 5s, matchs: {}",
            "probes.services[0].matchs: unknown key; did you mean match?"
        ),
    ])
    func `what is wrong is told with its place`(service: String, words: String) throws {
        let file = try file(service)
        let problems = file.problems(with: file.settings.contradictions).map(\.description)
        #expect(problems.count == 1 && problems[0].contains(words), "\(problems)")
    }
}
