import Testing

@testable import Settings

@Suite struct ProbesTests {
    private func service(_ change: (inout ProbedService) -> Void = { _ in }) -> ProbedService {
        var service = ProbedService()
        service.name = "a"
        service.freshnessThreshold = .seconds(5)
        change(&service)
        return service
    }

    private func contradictions(_ services: ProbedService...) -> [String] {
        var settings = Settings()
        settings.probes.services = services
        return settings.contradictions.map(\.description)
    }

    @Test func `a service is told by its instance unless it says otherwise`() {
        #expect(service().effectiveLabels == ["instance": "a"])
        #expect(service { $0.labels = ["job": "j"] }.effectiveLabels == ["job": "j"])
        #expect(contradictions(service()) == [])
    }

    @Test func `what makes no sense is told with its place`() {
        #expect(contradictions(service(), service()) == ["probes.services[1].name: \"a\" is there twice"])
        #expect(contradictions(service { $0.name = "" }) == ["probes.services[0].name: must not be empty"])
        #expect(contradictions(service { $0.metric = "" }) == ["probes.services[0].metric: must not be empty"])
        #expect(contradictions(service { $0.labels = [:] }) == ["probes.services[0].match: must not be empty"])
        #expect(contradictions(service { $0.labels = ["": "x"] }).count == 1)
        #expect(
            contradictions(service { $0.labels = ["a": ""] }) == ["probes.services[0].match.a: must not be empty"])
        for threshold in [Duration.zero, .seconds(400 * 86_400)] {
            #expect(contradictions(service { $0.freshnessThreshold = threshold }).count == 1)
        }
    }
}
