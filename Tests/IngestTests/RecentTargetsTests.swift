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

    @Test func `texts of the same characters are not the same labels`() throws {
        let targets = RecentTargets()
        for job in ["caf\u{e9}", "cafe\u{301}", "caf\u{e9}", "K", "\u{212a}"] {
            let target = targets.target("/metrics/job/\(job)", routes)
            let label = try target.grouping.get().labels.first
            #expect(label?.value == Array(job.utf8))
            #expect(!target.isNamed("/metrics/job/other") && target.isNamed("/metrics/job/\(job)"))
        }
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
