import Samples
import Settings
import Testing

@testable import Ingest

@Suite("Targets that an event loop remembers")
struct RecentTargetsTests {
    private let routes = RouteTable(Pushgateway())

    @Test func `a target is read once, and a bad one each time`() {
        let targets = RecentTargets()
        for uri in ["/metrics/job/a", "/metrics/job/a", "/metrics/job/b", "/metrics/job/a/b", "/nothing"] {
            #expect(targets.target(uri, routes).uri == uri)
        }
        #expect(targets.count == 2)
    }

    @Test func `only so many are remembered`() {
        let targets = RecentTargets()
        for number in 0..<3 * RecentTargets.limit {
            let target = targets.target("/metrics/job/\(number)", routes)
            #expect((try? target.grouping.get())?.job == "\(number)")
            #expect(targets.count <= RecentTargets.limit)
        }
    }
}
