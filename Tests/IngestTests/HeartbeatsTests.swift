import Delivery
import Samples
import Settings
import Testing

@testable import Ingest

@Suite struct HeartbeatsTests {
    private func service(_ name: String, _ labels: [String: String]? = nil, metric: String? = nil) -> ProbedService {
        var service = ProbedService()
        (service.name, service.labels, service.metric) = (name, labels, metric)
        service.freshnessThreshold = .seconds(5)
        return service
    }

    private func heartbeats(_ services: ProbedService...) throws -> Heartbeats {
        var probes = Probes()
        probes.services = services
        return try #require(Heartbeats(probes))
    }

    /// What the collector takes under a path: the services, after a push.
    private func push(_ body: String, to path: String, _ heartbeats: Heartbeats, at time: Int64 = 7_000) throws {
        let bench = Bench()
        var intake = bench.intake
        intake.heartbeats = heartbeats
        intake.wallClock = { time }
        let connection = try EmbeddedConnection(bench, intake: intake)
        _ = try connection.push(body, to: path)
    }

    @Test func `without services nothing is remembered`() {
        #expect(Heartbeats(Probes()) == nil)
    }

    @Test(arguments: [
        ("/metrics/job/heartbeat/instance/a", ["a"]),
        ("/metrics/job/other/instance/a/zone/z", ["a", "zoned"]),
        ("/metrics/job/heartbeat/instance/b", ["b"]),
        ("/metrics/job/other/instance/b", []),
        ("/metrics/job/heartbeat", []),
        ("/metrics/job/heartbeat/instance/c", ["c1", "c2"]),
        ("/metrics/job/heartbeat/instance/", []),
    ])
    func `a push is a heartbeat of those whose labels it has, others beside them`(path: String, names: [String]) throws
    {
        let heartbeats = try heartbeats(
            service("a"), service("b", ["job": "heartbeat", "instance": "b"]), service("zoned", ["zone": "z"]),
            service("c1", ["instance": "c"]), service("c2", ["instance": "c"]))
        try push("x 1\n", to: path, heartbeats)
        #expect(heartbeats.services.filter { $0.last != nil }.map(\.settings.name) == names)
        #expect(heartbeats.services.allSatisfy { $0.last == nil || $0.last == 7 })
    }

    @Test(arguments: [
        ("beat 1700000000\n", 1_700_000_000.0),
        ("beat{service=\"a\"} 5\nbeat{service=\"b\"} 6.5\nbeats 9\n", 6.5),
        ("beat 5 1000\nbeat 4 2000\n", 4),
        ("beat 1700003600\n", 1_700_003_600),
        ("beat 1700000000000\n", nil),
        ("beats 5\n", nil),
        ("beat NaN\n", nil),
        ("beat +Inf\n", nil),
        ("", nil),
    ])
    func `a metric has the time, the greatest of its series`(body: String, time: Double?) throws {
        let heartbeats = try heartbeats(service("a", metric: "beat"))
        try push(body, to: "/metrics/job/j/instance/a", heartbeats, at: 1_700_000_000_000)
        #expect(heartbeats["a"]?.last == time)
    }

    @Test func `a push that is refused is none, an empty one is`() throws {
        let heartbeats = try heartbeats(service("a"))
        try push("x{ 1\n", to: "/metrics/job/j/instance/a", heartbeats)
        #expect(heartbeats["a"]?.last == nil)
        try push("", to: "/metrics/job/j/instance/a", heartbeats)
        #expect(heartbeats["a"]?.last == 7)
    }

    @Test func `a push that finds the queue full is one: the service lives`() throws {
        let heartbeats = try heartbeats(service("a"))
        let bench = Bench()
        var intake = bench.intake
        intake.heartbeats = heartbeats
        bench.outbox.close()
        let connection = try EmbeddedConnection(bench, intake: intake)
        #expect(Reply.one(try connection.push("x 1\n", to: "/metrics/job/j/instance/a"))?.status == 503)
        #expect(heartbeats["a"]?.last == 1_700_000_000)
    }

    @Test func `a service that stays the same is heard of through what a reload has replaced`() throws {
        var probes = Probes()
        probes.services = [service("a"), service("b")]
        let former = try heartbeats(service("a"), service("b", metric: "beat"))
        let heartbeats = try #require(Heartbeats(probes, inPlaceOf: former) as Heartbeats?)
        for name in ["a", "b"] { try push("beat 1\n", to: "/metrics/job/j/instance/\(name)", former) }
        #expect(heartbeats["a"]?.last == 7)
        #expect(heartbeats["b"]?.last == nil)
    }

    @Test func `it is fresh up to its threshold`() throws {
        let heartbeats = try heartbeats(service("a"))
        let service = try #require(heartbeats["a"])
        #expect(!service.isFresh(now: 7))
        try push("x 1\n", to: "/metrics/job/j/instance/a", heartbeats)
        #expect(service.isFresh(now: 7) && service.isFresh(now: 12) && !service.isFresh(now: 12.5))
    }
}
