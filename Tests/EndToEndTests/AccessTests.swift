import Foundation
import Testing

@Suite("The way to a destination and into it, with nginx in front", .serialized)
struct AccessTests {
    private let stage: Stage
    private let destination: FaultyDestination
    private let port: Int

    init() throws {
        stage = try Stage()
        destination = try FaultyDestination()
        port = try Stage.freePort()
    }

    private func start(_ url: String, _ settings: String, push: String = "", environment: [String: String] = [:])
        async throws -> Collector
    {
        try await Collector(
            on: stage,
            configuration: FaultScene.configuration(
                url: url, push: push, settings: settings.components(separatedBy: "\n")),
            environment: environment)
    }

    private func push(_ collector: Collector, _ value: Int) async throws -> Answer {
        try await collector.push("/metrics/job/access", "fault_sequence \(value)\n")
    }

    /// Expects that a push is stored, and that the collector ends well.
    private func expectStored(_ collector: Collector, _ value: Int) async throws {
        let answer = try await push(collector, value)
        #expect(answer.status == 200, "\(answer) \(collector.program.errors)")
        #expect(destination.holds(value))
        #expect(try await collector.terminate() == 0)
    }

    @Test func `TLS, mutual TLS, basic auth, HTTP/2 and a path prefix, all at once`() async throws {
        try await AccessNginx.certificates(on: stage)
        _ = try stage.write("user:{PLAIN}secret\n", to: "users")
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: AccessNginx.server(
                port: port, options: "http2",
                """
                ssl_verify_client on; auth_basic here; auth_basic_user_file \(stage.folder.path)/users;
                location /prefix/ { proxy_pass http://127.0.0.1:\(destination.port)/; }
                """))
        let url = "https://localhost:\(port)/prefix/api/v1/write"
        _ = try stage.write("secret\n", to: "password.txt")
        let settings = """
            tls_config: {ca_file: authority.pem, cert_file: client.pem, key_file: client.key}
            enable_http2: true
            basic_auth: {username: user, password_file: password.txt}
            """
        try await expectStored(try await start(url, settings), 1)
        let line = try #require(nginx.lines.first)
        #expect(line.hasPrefix("POST /prefix/api/v1/write HTTP/2.0 204 user=user client=CN=client "), "\(line)")
        #expect(line.contains("tls=TLSv1.3"))

        let held = try await start(
            url, settings.replacing("password_file: password.txt", with: "password: wrong"),
            push: "acknowledge_timeout: 2s")
        #expect(try await held.push("/metrics/job/access", "a 2\n", heldBecause: "answered 401").status == 202)
        held.program.kill()
        try await nginx.stop()
    }

    @Test func `certificates within the configuration, another name, an older version, and one that changes`()
        async throws
    {
        try await AccessNginx.certificates(on: stage)
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: AccessNginx.server(
                port: port, "ssl_verify_client on; location / { proxy_pass http://127.0.0.1:\(destination.port); }"))
        func inline(_ name: String) throws -> String {
            let text = try String(contentsOf: stage.folder.appending(path: name), encoding: .utf8)
            return "|\n" + text.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        }
        let settings = try """
        tls_config:
          server_name: name.test
          max_version: TLS12
          ca: \(inline("authority.pem"))
          cert: \(inline("client.pem"))
          key: \(inline("client.key"))
        """
        try await expectStored(try await start("https://127.0.0.1:\(port)/api/v1/write", settings), 1)
        let line = try #require(nginx.lines.first)
        #expect(line.contains("client=CN=client host=127.0.0.1:\(port) name=name.test tls=TLSv1.2"), "\(line)")
        #expect(line.contains("HTTP/1.1 204"))

        for end in ["pem", "key"] { try copy("client.\(end)", to: "mine.\(end)") }
        let changing = try await start(
            "https://localhost:\(port)/api/v1/write",
            "tls_config: {ca_file: authority.pem, cert_file: mine.pem, key_file: mine.key}")
        #expect(try await push(changing, 2).status == 200)
        for end in ["pem", "key"] { try copy("other.\(end)", to: "mine.\(end)") }
        try await Task.sleep(for: .milliseconds(1_100))
        try await expectStored(changing, 3)
        #expect(nginx.lines.last?.contains("client=CN=other") == true, "\(nginx.lines)")
        try await nginx.stop()
    }

    @Test func `307 from one server to another is followed with the body`() async throws {
        try await AccessNginx.certificates(on: stage)
        let other = try Stage.freePort()
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: AccessNginx.server(
                port: port, "location / { return 307 https://localhost:\(other)/api/v1/write?from=here; }")
                + AccessNginx.server(port: other, "location / { proxy_pass http://127.0.0.1:\(destination.port); }"))
        let collector = try await start(
            "https://localhost:\(port)/old", "tls_config: {ca_file: authority.pem}\nbearer_token: secret")
        try await expectStored(collector, 1)
        #expect(nginx.lines.map { $0.split(separator: " ")[1] } == ["/old", "/api/v1/write?from=here"])
        // Another port is another server.
        #expect(destination.record.requests.last?.header("Authorization") == nil)
        try await nginx.stop()
    }

    @Test func `nginx as a forward proxy is asked for the whole URL`() async throws {
        try await AccessNginx.certificates(on: stage)
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: "server { listen 127.0.0.1:\(port); location / { proxy_pass http://$http_host$request_uri; } }")
        try await expectStored(
            try await start("\(destination.url)?by=proxy", "proxy_url: http://127.0.0.1:\(port)"), 1)
        #expect(nginx.lines.first?.contains("host=127.0.0.1:\(destination.port)") == true, "\(nginx.lines)")
        #expect(nginx.lines.first?.hasPrefix("POST /api/v1/write?by=proxy ") == true)
        // The machine itself is reached without it, once there are exceptions at all.
        try await expectStored(
            try await start(destination.url, "proxy_url: http://127.0.0.1:\(port)\nno_proxy: example.test"), 2)
        #expect(nginx.lines.count == 1)
        try await nginx.stop()
    }

    @Test func `a proxy makes a tunnel to a destination with TLS, for who shows a password`() async throws {
        try await AccessNginx.certificates(on: stage)
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: AccessNginx.server(
                port: port, "location / { proxy_pass http://127.0.0.1:\(destination.port); }"))
        let proxy = try await AccessScript("connect_proxy.py")
        let url = "https://name.test:\(port)/api/v1/write"
        let settings = """
            tls_config: {ca_file: authority.pem}
            proxy_url: http://user:pass@127.0.0.1:\(proxy.port)
            proxy_connect_header: {X-Pass: [pass]}
            bearer_token: secret
            """
        try await expectStored(try await start(url, settings), 1)
        #expect(proxy.lines == ["CONNECT name.test:\(port) HTTP/1.1 pass None"])
        #expect(destination.record.requests.last?.header("Authorization") == "Bearer secret")
        let named = settings.replacing("{ca_file", with: "{server_name: name.test, ca_file")
        try await expectStored(try await start("https://127.0.0.1:\(port)/api/v1/write", named), 2)
        #expect(proxy.lines.last == "CONNECT 127.0.0.1:\(port) HTTP/1.1 pass None")
        let ofEnvironment = "tls_config: {ca_file: authority.pem}\nproxy_from_environment: true"
        let environment = ["HTTPS_PROXY": "http://user:pass@127.0.0.1:\(proxy.port)", "NO_PROXY": "other.test"]
        try await expectStored(try await start(url, ofEnvironment, environment: environment), 3)
        #expect(proxy.lines.count == 3)
        let held = try await start(
            url, settings.replacing("user:pass@", with: "user:wrong@"), push: "acknowledge_timeout: 2s")
        let refusal = "the proxy answered 407"
        #expect(try await held.push("/metrics/job/access", "a 4\n", heldBecause: refusal).status == 202)
        held.program.kill()
        try await nginx.stop()
    }

    @Test(arguments: [false, true])
    func `connections that a server ends after a few requests cost no failure`(isHTTP2: Bool) async throws {
        try await AccessNginx.certificates(on: stage)
        let nginx = try await AccessNginx(
            on: stage, port: port,
            servers: AccessNginx.server(
                port: port, options: isHTTP2 ? "http2" : "",
                "keepalive_requests 3; location / { proxy_pass http://127.0.0.1:\(destination.port); }"))
        let collector = try await start(
            "https://localhost:\(port)/api/v1/write",
            "tls_config: {ca_file: authority.pem}\nenable_http2: \(isHTTP2)")
        for value in 1...20 {
            let answer = try await push(collector, value)
            #expect(answer.status == 200, "\(answer)")
        }
        let metrics = try await curl("\(collector.url)/metrics").body
        #expect(metrics.contains("push_collector_remote_write_requests_total{destination=\"backend\",code=\"0\"} 0"))
        #expect(nginx.lines.count == 20)
        #expect(nginx.lines.allSatisfy { $0.contains(isHTTP2 ? "HTTP/2.0 204" : "HTTP/1.1 204") })
        #expect(try await collector.terminate() == 0)
        try await nginx.stop()
    }

    private func copy(_ name: String, to other: String) throws {
        try Data(contentsOf: stage.folder.appending(path: name)).write(to: stage.folder.appending(path: other))
    }
}
