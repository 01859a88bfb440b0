import Testing

@testable import Ingest

@Suite("Routes in the metrics")
struct RouteTests {
    @Test(arguments: [
        (Route.push(path: []), "push"), (.metrics(isPushRoot: true), "metrics"), (.healthy, "healthy"),
        (.ready, "ready"), (.lifecycle(.quit), "lifecycle"), (.unknown(.nothing), "other"),
    ])
    func `a route has its label`(route: Route, label: String) { #expect(route.handler == label) }
}
