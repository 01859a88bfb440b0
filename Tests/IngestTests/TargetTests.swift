import Samples
import Settings
import Testing

@testable import Ingest

@Suite("What a connection remembers of a target: contract G6")
struct TargetTests {
    private let routes = RouteTable(Pushgateway())

    @Test(arguments: [
        ("/metrics/job/a", true), ("/metrics/job/a/b/c?x", true), ("/metrics/job/a/b", false),
        ("/metrics/job/a/b/%FF", false), ("/metrics", false), ("/-/ready", false), ("/nothing", false),
        ("/metrics/job/" + String(repeating: "x", count: 1_100), false),
    ])
    func `only good ones of ordinary length`(uri: String, isRemembered: Bool) {
        #expect(Target(uri, routes).isWorthRemembering == isRemembered)
    }

    @Test func `a push has its labels, or what is wrong with them`() throws {
        #expect(try Target("/metrics/job/a", routes).grouping.get() == Grouping(job: Array("a".utf8)))
        #expect(throws: PushError.self) { try Target("/metrics/job/a/__b/c", routes).grouping.get() }
    }
}
