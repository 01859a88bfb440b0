import Settings
import Testing

@testable import Ingest

@Suite("Routes: contract R2, R4, R6 and what a target may look like")
struct RouteTableTests {
    private let routes = RouteTable(Pushgateway())

    private func path(_ text: String) -> Route { .push(path: Array(text.utf8)) }

    @Test(arguments: [
        ("/pushgateway/metrics/job/a", "job/a"),
        ("/metrics/job/a", "job/a"),
        ("/metrics/job/a/b/c", "job/a/b/c"),
        ("/metrics/job@base64/aGVsbG8=", "job@base64/aGVsbG8="),
        ("/metrics/%6Aob/a", "%6Aob/a"),
        ("/metrics/job%40base64/YQ", "job%40base64/YQ"),
        ("/metrics/job", "job"),
        ("/metrics/job/", "job/"),
        ("/metrics/job//b/c", "job//b/c"),
        ("/metrics/", ""),
        ("/pushgateway/metrics", ""),
        ("/pushgateway/metrics/", ""),
        ("/metrics/job/a?timeout=5s", "job/a"),
        ("/metrics/job/a#top", "job/a"),
        ("http://127.0.0.1:3030/metrics/job/a", "job/a"),
        ("HTTP://[::1]:3030/pushgateway/metrics/job/a?x=/y", "job/a"),
    ])
    func `a push is told by its raw path`(target: String, rest: String) {
        #expect(routes.route(target) == path(rest))
    }

    @Test(arguments: [
        ("/metrics", Route.metrics(isPushRoot: true)),
        ("/metrics?name=x", .metrics(isPushRoot: true)),
        ("/", .statusPage),
        ("/?x=1", .statusPage),
        ("http://host/", .statusPage),
        ("/api/v1/status", .statusDocument),
        ("/-/healthy", .healthy),
        ("/-/ready", .ready),
        ("/probe", .probe(target: nil)),
        ("/probe?target=a%20b+c&target=d#e", .probe(target: "a b c")),
        ("/probe?t&target", .probe(target: "")),
        ("/probe?target=%ff", .probe(target: nil)),
        ("/-/reload", .lifecycle(.reload)),
        ("/-/quit", .lifecycle(.quit)),
        ("http://host/-/healthy", .healthy),
    ])
    func `the collector has pages of its own`(target: String, route: Route) {
        #expect(routes.route(target) == route)
    }

    @Test(arguments: [
        ("/api/v1/metrics", Route.Guess.storedMetrics),
        ("/pushgateway/api/v1/metrics", .storedMetrics),
        ("/api/v1/admin/wipe", .wipe),
        ("/pushgateway/api/v1/admin/wipe", .wipe),
        ("/pushgateway/api/v1/status", .status),
        ("", .nothing),
        ("*", .nothing),
        ("/pushgateway", .nothing),
        ("/push/metrics/job/a", .nothing),
        ("//metrics/job/a", .nothing),
        ("/metrics/instance/a", .nothing),
        ("/metrics/jobs/a", .nothing),
        ("/metricsjob/a", .nothing),
        ("/-/healthy/", .nothing),
        ("http://host", .nothing),
    ])
    func `everything else is unknown, but for old habits`(target: String, guess: Route.Guess) {
        #expect(routes.route(target) == .unknown(guess))
    }

    @Test func `without pushes their routes do not exist`() {
        var settings = Pushgateway()
        settings.enabled = false
        let routes = RouteTable(settings)
        #expect(routes.route("/metrics/job/a") == .unknown(.nothing))
        #expect(routes.route("/pushgateway/metrics") == .unknown(.nothing))
        #expect(routes.route("/metrics") == .metrics(isPushRoot: false))
        #expect(routes.pushRoot == nil)
    }

    @Test func `the prefixes are those of the configuration`() {
        var settings = Pushgateway()
        settings.routePrefixes = ["/a/b"]
        let routes = RouteTable(settings)
        #expect(routes.route("/a/b/metrics/job/x") == path("job/x"))
        #expect(routes.route("/metrics/job/x") == .unknown(.nothing))
        #expect(routes.route("/pushgateway/metrics/job/x") == .unknown(.nothing))
        #expect(routes.route("/metrics") == .metrics(isPushRoot: false))
        #expect(routes.pushRoot == "/a/b/metrics")
    }

    @Test func `a prefix may begin as another one ends`() {
        var settings = Pushgateway()
        settings.routePrefixes = ["/", "/metrics"]
        let routes = RouteTable(settings)
        #expect(routes.route("/metrics/metrics/job/x") == path("job/x"))
        #expect(routes.route("/metrics/job/x") == path("job/x"))
    }
}
