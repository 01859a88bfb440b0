import Foundation
import Synchronization
import Testing

@Suite("The door of the built program")
struct DoorTests {
    private static let push = "/pushgateway/metrics/job/x"

    @Test func `over TLS a user comes in with his password, and nobody else`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: DoorStage.tls + "basic_auth_users: {ann: \(DoorStage.hash)}\n")
        #expect(try await door.ask(Self.push, "-u", "ann:secret", body: "a 1\n").status == 200)
        try await stage.receiver.prints("a{job=\"x\"} 1 ")
        for user in ["ann:guess", "eve:secret", "ann:", ":"] {
            let refused = try await door.ask(Self.push, "-u", user, body: "b 1\n")
            #expect(refused.status == 401, "\(user)")
            #expect(refused.header("WWW-Authenticate")?.hasPrefix("Basic ") == true)
        }
        #expect(try await door.ask("/metrics").status == 401)
        #expect(try await door.ask("/metrics", "-u", "ann:secret").body.contains(#"reason="unauthorized"} 4"#))
        #expect(try await door.ask("/-/ready").status == 200)
        #expect(try await door.ask("/-/healthy").status == 200)
        let plain = try await curl("http://localhost:\(door.port)/-/ready")
        #expect(plain.status == 400)
        #expect(plain.body.contains("this port speaks TLS"))
        #expect(!door.program.errors.contains("guess") && !door.program.errors.contains("c2VjcmV0"))
        try await door.end()
        #expect(!stage.receiver.lines.contains { $0.hasPrefix("b") })
    }

    @Test func `prometheus_client for Python pushes by HTTPS with its basic_auth_handler`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: DoorStage.tls + "basic_auth_users: {ann: \(DoorStage.hash)}\n")
        func run(_ password: String) async throws -> (code: Int32, errors: String) {
            let program = try RunningProgram(
                Stage.tool("python/bin/python"),
                [ClientsBackend.source("door.py"), door.url + "/pushgateway", "py", "ann", password],
                environment: ["SSL_CERT_FILE": door.folder + "/authority.pem", "no_proxy": "*"])
            return (try await program.exitCode(), program.errors)
        }
        let right = try await run("secret")
        #expect(right.code == 0, "\(right.errors)")
        try await stage.receiver.prints("py_door{job=\"py\"} 2.5 ")
        #expect(try await run("guess").errors.contains("HTTPError 401: unauthorized"))
        try await door.end()
    }

    @Test func `a client's certificate is asked for, verified, and its names are looked at`() async throws {
        let stage = try await DoorStage()
        try await stage.make("client", by: "authority", names: "URI:spiffe://backup")
        try await stage.make("other", by: "authority", names: "DNS:other")
        try await stage.make("stranger")
        let door = try await stage.start(
            web: """
                tls_server_config:
                  cert_file: server.pem
                  key_file: server.key
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: authority.pem
                  client_allowed_sans: ['spiffe://backup']

                """)
        func push(_ name: String?, _ arguments: String...) async throws -> Int {
            let client = name.map { ["--cert", "\(door.folder)/\($0).pem", "--key", "\(door.folder)/\($0).key"] } ?? []
            let all = ["--cacert", door.folder + "/authority.pem"] + client + arguments + [door.url + Self.push]
            return (try? await curl(all, body: "a 1\n"))?.status ?? 0
        }
        #expect(try await push("client") == 200)
        #expect(try await push("client", "--tlsv1.2", "--tls-max", "1.2") == 200)
        #expect(try await push("client", "--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT:@SECLEVEL=0") == 0)
        for name in [nil, "other", "stranger"] { #expect(try await push(name) == 0, "\(name ?? "none")") }
        try await stage.receiver.prints("a{", times: 2)
        #expect(stage.receiver.lines.count { $0.hasPrefix("a{") } == 2)
        #expect(door.program.errors.contains("bears none of client_allowed_sans"))
        try await door.end()
    }

    @Test func `certificates are renewed while pushes go on, and a broken one changes nothing`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: DoorStage.tls + "basic_auth_users: {ann: \(DoorStage.hash)}\n")
        func serial() async throws -> String {
            let script =
                "openssl s_client -connect localhost:\(door.port) </dev/null 2>/dev/null | openssl x509 -noout -serial"
            return try await FinishedProgram("/bin/bash", ["-c", script]).output
        }
        let first = try await serial()
        try #require(first.hasPrefix("serial="))
        let isOver = Mutex(false)
        let pushes = Task {
            var statuses: [Int] = []
            while !isOver.withLock(\.self) {
                statuses.append(try await door.ask(Self.push, "-u", "ann:secret", body: "a 1\n").status)
            }
            return statuses
        }
        _ = try stage.stage.write("broken", to: "server.pem")
        try await wait(for: "the broken certificate to be told") {
            door.program.errors.contains("web configuration cannot be used")
        }
        #expect(try await serial() == first)
        try await stage.make("server", by: "authority")
        try await wait(for: "the new certificate") {
            let now = try await serial()
            return now.hasPrefix("serial=") && now != first
        }
        isOver.withLock { $0 = true }
        let statuses = try await pushes.value
        #expect(statuses.count > 1)
        #expect(Set(statuses) == [200])
        #expect(door.program.errors.components(separatedBy: "holds no certificate in PEM").count == 2)
        try await door.end()
    }

    @Test func `a token opens pushes of its jobs, is read again when its file changes, and probes need none`()
        async throws
    {
        let stage = try await DoorStage()
        let token = try stage.stage.write("one\n", to: "token")
        let door = try await stage.start(
            web: "", push: "tokens: [{token_file: '\(token)', jobs: 'backup-.*'}, {token: all}]")
        func push(_ job: String, _ token: String) async throws -> Answer {
            try await door.ask("/metrics/job/\(job)", "-H", "Authorization: Bearer \(token)", body: "a 1\n")
        }
        #expect(try await push("backup-1", "one").status == 200)
        let other = try await push("web", "one")
        #expect(other.status == 403)
        #expect(other.body == "this token is not for pushes of the job \"web\"\n")
        let unknown = try await push("backup-1", "two")
        #expect(unknown.status == 401)
        #expect(unknown.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
        #expect(try await push("web", "all").status == 200)
        _ = try stage.stage.write("two\n", to: "token")
        try await wait(for: "the new token") { try await push("backup-1", "two").status == 200 }
        #expect(try await push("backup-1", "one").status == 401)
        #expect(try await door.ask("/-/ready").status == 200)
        let metrics = try await door.ask("/metrics", "-H", "Authorization: Bearer all")
        #expect(metrics.body.contains(#"reason="forbidden"} 1"#))
        #expect(try await door.ask("/metrics").status == 401)
        try await door.end()
    }

    @Test func `more requests than rate_limit allows are 429`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: "rate_limit: {interval: 1h, burst: 3}\n")
        for _ in 0..<3 { #expect(try await door.ask(Self.push, body: "a 1\n").status == 200) }
        let refused = try await door.ask(Self.push, body: "a 1\n")
        #expect(refused.status == 429)
        #expect((3_000...3_600).contains(refused.header("Retry-After").flatMap { Int($0) } ?? 0))
        #expect(try await door.ask("/-/ready").status == 200)
        try await door.end()
    }

    @Test func `check reads the web configuration, certificates too, and tells all that is wrong`() async throws {
        let stage = try await DoorStage()
        func check(_ web: String) async throws -> FinishedProgram {
            let file = try stage.stage.write(web, to: "web.yml")
            return try await FinishedProgram(
                Stage.program, ["check", "--remote-write.url=http://localhost/", "--web.config.file=\(file)"],
                in: stage.stage.folder)
        }
        #expect(try await check(DoorStage.tls).code == 0)
        let unknown = try await check("tls_server_config: {cert_file: server.pem}\nbasic_auth: {}\n")
        #expect(unknown.code == 1)
        #expect(unknown.errors.contains("web.yml:1:20: tls_server_config: key_file or key is missing\n"))
        #expect(unknown.errors.contains("web.yml:2:1: basic_auth: unknown key; possible here: tls_server_config, "))
        try await stage.make("other")
        let other = try await check("tls_server_config: {cert_file: server.pem, key_file: other.key}\n")
        #expect(other.code == 1)
        #expect(other.errors.contains("other.key does not belong to the certificate"))
    }

    private static let verified = "client_auth_type: RequireAndVerifyClientCert, client_ca_file: authority.pem, "

    @Test(arguments: ["", "max_version: TLS12, ", verified, verified + "max_version: TLS12, "])
    func `check --live asks over TLS`(clients: String) async throws {
        let stage = try await DoorStage()
        let collector = try await stage.start(web: DoorStage.tls.replacing("{", with: "{\(clients)"))
        let check = try await FinishedProgram(
            Stage.program, ["check", "--live", "--web.listen-address=127.0.0.1:\(collector.port)"])
        #expect(check.code == 0, "\(check.output) \(check.errors)")
        try await collector.end()
    }
}
