import Discovery
import Settings
import Testing

@Suite struct TargetShareTests {
    private func settings(_ replicas: Int, index: Int? = nil) -> Clustering {
        var settings = Clustering()
        (settings.enabled, settings.replicas, settings.index) = (true, replicas, index)
        return settings
    }

    private let targets = (0..<100).map { ScrapeTarget(address: "10.0.0.\($0):9091", job: "j") }

    @Test func `each target is one replica's`() throws {
        let shares = try (0..<3).map { try #require(TargetShare(settings(3, index: $0), host: "h")) }
        for target in targets { #expect(shares.count { $0.owns(target) } == 1) }
    }

    @Test func `without clustering all are everybody's`() throws {
        let share = try #require(TargetShare(Clustering(), host: "h"))
        #expect(share == .all && targets.allSatisfy(share.owns))
    }

    @Test(arguments: ["collector-2", "push-collector-2", "push-collector-2.push-collector.ns.svc"])
    func `a pod of a StatefulSet knows its own by its name`(host: String) {
        #expect(TargetShare(settings(3), host: host) == TargetShare(settings(3, index: 2), host: ""))
    }

    @Test(arguments: ["collector", "collector-", "collector-x1", "collector-7d9f-abcde", "collector-3", ""])
    func `who knows no index that counts is told`(host: String) {
        #expect(TargetShare(settings(3), host: host) == nil)
    }
}
