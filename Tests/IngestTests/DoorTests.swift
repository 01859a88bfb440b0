import Foundation
import Settings
import Testing

@testable import Ingest

@Suite("The door, without a socket")
struct DoorTests {
    private let doors: Doors

    init() throws { doors = try Doors() }

    private func connection(_ door: Door) throws -> EmbeddedConnection {
        try EmbeddedConnection(Bench(), door: door)
    }

    private func get(_ path: String, _ headers: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: x\r\n\(headers)\r\n"
    }

    private static let bearer = "Authorization: Bearer secret\r\n"

    @Test func `a door that asks for nothing is not asked`() throws {
        #expect(!Door().isGuarded)
        #expect(!(try doors.door(web: SettingsBox(WebSettings())).isGuarded))
        #expect(try doors.door(tokens: [Doors.token("t")]).isGuarded)
    }

    @Test func `a token opens the push routes, and without jobs everything`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret")]))
        #expect(Reply.one(try connection.push("a 1\n", headers: Self.bearer))?.status == 200)
        #expect(Reply.one(try connection.send(get("/metrics", Self.bearer)))?.status == 200)
        for headers in ["", "Authorization: Bearer other\r\n", "Authorization: Basic c2VjcmV0Og==\r\n"] {
            let reply = try #require(Reply.one(try connection.push("b 1\n", headers: headers)))
            #expect(reply.refuses(401, "unauthorized: the header Authorization has to show a token"))
            #expect(reply.headers["www-authenticate"] == #"Bearer realm="push-collector""#)
        }
        #expect(connection.isOpen)
        #expect(connection.bench.far.lines == ["a{job=\"j\"} 1 1700000000000"])
        #expect(connection.bench.refused == ["unauthorized": 3])
        #expect(connection.bench.intake.admission.inHand == 0)
    }

    @Test(arguments: ["/metrics", "/", "/api/v1/status", "/-/reload", "/-/quit", "/pushgateway/metrics/job/j", "/x"])
    func `once a credential is set everything is closed`(path: String) throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret", jobs: "backup")]))
        for method in ["GET", "POST", "PUT", "DELETE", "OPTIONS"] {
            let request = "\(method) \(path) HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
            #expect(Reply.one(try connection.send(request))?.status == 401, "\(method)")
        }
        #expect(connection.bench.far.lines == [])
    }

    @Test(arguments: ["/-/healthy", "/-/ready"])
    func `probes are always open`(path: String) throws {
        var web = WebSettings()
        web.users = try PasswordBookTests.users("ann")
        web.rateLimit = RateLimit(interval: .seconds(3_600), burst: 1)
        let connection = try connection(
            try doors.door(web: SettingsBox(web), tokens: [Doors.token("secret", jobs: "backup")]))
        for _ in 0..<3 { #expect(Reply.one(try connection.send(get(path)))?.status == 200) }
    }

    @Test func `a token with jobs opens pushes of these jobs and nothing else`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret", jobs: "backup-.*|a/b")]))
        func push(_ path: String) throws -> Reply? {
            Reply.one(try connection.push("a 1\n", to: path, headers: Self.bearer))
        }
        #expect(try push("/metrics/job/backup-1")?.status == 200)
        // The job is what the path means, not how it is written.
        #expect(try push("/metrics/job/backup%2D1/x/y")?.status == 200)
        #expect(try push("/metrics/job@base64/YmFja3VwLTE=")?.status == 200)
        #expect(try push("/metrics/job/a%2Fb")?.status == 200)
        for path in ["/metrics/job/xbackup-1", "/metrics/job/web/job/backup-1", "/metrics/job@base64/d2Vi"] {
            #expect(try #require(try push(path)).refuses(403, "this token is not for pushes of the job"), "\(path)")
        }
        #expect(
            Reply.one(try connection.send(get("/metrics", Self.bearer)))?.refuses(
                403, "this token is for pushes of some jobs only") == true)
        // What is wrong with the path is told to whoever is known, and to nobody else.
        #expect(try push("/metrics/job/backup-1/x")?.status == 400)
        #expect(Reply.one(try connection.push("a 1\n", to: "/metrics/job/backup-1/x"))?.status == 401)
        #expect(connection.bench.refused == ["forbidden": 3, "path": 1, "unauthorized": 1])
    }

    @Test(arguments: [
        "/-/ready/../../metrics", "/-/ready/..%2f..%2fmetrics", "//-/ready", "/-/ready/", "/-/ready%00",
        "/-/ready;/metrics",
        "/-//ready", "/%2d/ready", "/-/Ready", "http://x/metrics", "http://x//-/ready", "x://-/ready/metrics",
        "//metrics/job/backup", "/./metrics/job/backup", "/metrics/../metrics/job/backup",
        "/metrics/job/backup/../web/x/y",
        "/%6detrics", "/metrics%2fjob%2fbackup", "/metrics/job/%c0%af", "/metrics/job/%00", "*",
    ])
    func `no way of writing a path gets past the door`(path: String) throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret", jobs: "backup")]))
        let request = "POST \(path) HTTP/1.1\r\nContent-Length: 4\r\n\r\na 1\n"
        #expect(Reply.one(try connection.send(request))?.status == 401)
        #expect(connection.bench.far.lines == [])
    }

    @Test(arguments: [
        ("/metrics/job/backup/../web/x/y", 200), ("/metrics/job/../x/y", 403), ("/metrics/job/backup%00", 403),
        ("/metrics/job/backup/x/%00", 200), ("/metrics/job/%c0%af", 400), ("/metrics/job/backup/x/%c0%af", 400),
        ("/metrics/job//backup", 400), ("/metrics/job/backup//", 400), ("/metrics/job/backup%2f..%2fweb", 403),
        ("/metrics/job/backup/job/web", 200), ("/metrics/job/backup%0a", 403), ("/metrics/job/Backup", 403),
        ("http://other/metrics/job/backup", 200), ("/metrics/job/backup?job=web", 200), ("/metrics/job/backup/.", 400),
    ])
    func `a path means what it says: nothing in it is resolved, and the job is the label that is stored`(
        path: String, status: Int
    ) throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret", jobs: "backup")]))
        #expect(Reply.one(try connection.push("a 1\n", to: path, headers: Self.bearer))?.status == status)
        #expect(connection.bench.far.lines.allSatisfy { $0.contains("job=\"backup\"") })
        #expect(connection.bench.far.lines.count == (status == 200 ? 1 : 0))
    }

    @Test func `whoever waits for 100 learns that he may not come before he sends the body`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret")]))
        let head = "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n"
        #expect(Reply.one(try connection.send(head + "\r\n"))?.status == 401)
        #expect(connection.isHalfClosed)
        let welcome = try self.connection(try doors.door(tokens: [Doors.token("secret")]))
        #expect(try welcome.send(head + Self.bearer + "\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    @Test func `the body of whoever may not come is thrown away as it arrives`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret")]))
        _ = try connection.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n")
        for _ in 0..<90 {
            _ = try connection.send([UInt8](repeating: 97, count: 99_999))
            #expect(connection.bench.intake.admission.inHand == 0)
        }
        #expect(Reply.one(try connection.send([UInt8](repeating: 97, count: 90)))?.status == 401)
        #expect(connection.isOpen)
    }

    @Test func `a burst of requests passes, the next ones are 429`() throws {
        var web = WebSettings()
        web.rateLimit = RateLimit(interval: .seconds(3_600), burst: 2)
        let connection = try connection(try doors.door(web: SettingsBox(web)))
        for _ in 0..<2 { #expect(Reply.one(try connection.push("a 1\n"))?.status == 200) }
        let reply = try #require(Reply.one(try connection.push("b 1\n")))
        #expect(reply.refuses(429, "more requests than rate_limit allows"))
        #expect(reply.headers["retry-after"] == "3600")
        #expect(connection.bench.refused == ["rate_limit": 1])
    }

    @Test func `every answer has the headers that are asked for, each once`() throws {
        var web = WebSettings()
        web.headers = [.init(.frameOptions, "deny"), .init(.contentTypeOptions, "nosniff")]
        let connection = try connection(try doors.door(web: SettingsBox(web)))
        let pushed = try connection.push("a 1\n")
        #expect(Reply.one(pushed)?.headers["x-frame-options"] == "deny")
        let ready = try connection.send(get("/-/ready"))
        #expect(Reply.one(ready)?.headers["x-frame-options"] == "deny")
        #expect(ready.components(separatedBy: "X-Content-Type-Options").count == 2)
    }

    @Test func `two headers of a kind open nothing`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret")]))
        #expect(Reply.one(try connection.push("a 1\n", headers: Self.bearer + Self.bearer))?.status == 401)
    }

    @Test func `no credential that is shown stands in the log or in an answer`() throws {
        let connection = try connection(try doors.door(tokens: [Doors.token("secret", jobs: "a")]))
        for token in ["secret", "hunter2"] {
            let text = try connection.push("a 1\n", headers: "Authorization: Bearer \(token)\r\n")
            #expect(!text.contains(token))
        }
        #expect(connection.bench.log.text.count == 2)
        #expect(!connection.bench.log.text.contains { $0.contains("secret") || $0.contains("hunter2") })
    }
}
