import Settings
import Testing

@testable import Ingest

@Suite struct HeartbeatsPageTests {
    private let bench = Bench()

    private func connection() throws -> EmbeddedConnection {
        var probes = Probes()
        for name in ["service one", "b"] {
            var service = ProbedService()
            service.name = name
            service.freshnessThreshold = .seconds(5)
            probes.services.append(service)
        }
        var intake = bench.intake
        intake.heartbeats = Heartbeats(probes)
        return try EmbeddedConnection(bench, intake: intake)
    }

    private func get(_ target: String, _ connection: EmbeddedConnection, by method: String = "GET") throws -> Reply? {
        Reply.one(try connection.send("\(method) \(target) HTTP/1.1\r\n\r\n"), isHead: method == "HEAD")
    }

    /// The samples of a page by their names, but for how long it took.
    private func samples(_ page: String?) -> [String: String] {
        let lines = (page ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
        return Dictionary(uniqueKeysWithValues: lines.map { (String($0[0]), String($0[1])) })
            .filter { $0.key != "probe_duration_seconds" }
    }

    @Test func `a page says whether the service lives, before and after its first heartbeat`() throws {
        let connection = try connection()
        for target in ["/probe?target=service+one", "/probe?module=x&target=service%20one"] {
            let before = try #require(try get(target, connection))
            #expect(before.status == 200)
            #expect(before.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(before.body.contains("# TYPE probe_duration_seconds gauge\nprobe_duration_seconds "))
            #expect(
                samples(before.body) == [
                    "probe_success": "0", "probe_heartbeat_seen": "0", "probe_heartbeat_age_seconds": "+Inf",
                    "probe_heartbeat_timestamp_seconds": "0",
                ])
        }
        _ = try connection.push("x 1\n", to: "/metrics/job/j/instance/service%20one")
        #expect(
            samples(try get("/probe?target=service+one", connection)?.body) == [
                "probe_success": "1", "probe_heartbeat_seen": "1", "probe_heartbeat_age_seconds": "0",
                "probe_heartbeat_timestamp_seconds": "1700000000",
            ])
        #expect(try get("/probe?target=b", connection, by: "HEAD")?.status == 200)
    }

    @Test(arguments: [
        ("/probe", 400, "name a service of probes.services: /probe?target=<name>"),
        ("/probe?target=", 400, "name a service"),
        ("/probe?targets=b", 400, "name a service"),
        ("/probe?target=%zz", 400, "name a service"),
        ("/probe?target=c", 404, "no service \"c\": there are service one, b"),
        ("/probe?target=B", 404, "no service \"B\""),
    ])
    func `who asks for nobody, or for somebody unknown, is told whom there is`(
        target: String, status: Int, words: String
    ) throws {
        let reply = try #require(try get(target, try connection()))
        #expect(reply.refuses(status, words), "\(reply)")
    }

    @Test func `a probe is read, and without services there is none`() throws {
        #expect(try get("/probe?target=b", try connection(), by: "POST")?.status == 405)
        let reply = try get("/probe?target=b", try EmbeddedConnection(bench))
        #expect(reply?.refuses(404, "no service \"b\": probes.services has none") == true)
    }
}
