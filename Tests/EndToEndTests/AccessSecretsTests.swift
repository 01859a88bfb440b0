import Foundation
import Testing

@Suite("Secrets are kept")
struct AccessSecretsTests {
    /// A destination for each place that a secret can stand in; each secret has `hush` in it.
    private func entries(_ destination: FaultyDestination, endpoint: Int) -> String {
        let settings = [
            "basic_auth: {username: user, password: hush-1}", "basic_auth: {username: user, password: '${HUSH}'}",
            "authorization: {credentials: hush-2}", "bearer_token_file: hidden.txt",
            "headers: {X-Key: hush-3}", "http_headers: {X-Key: {secrets: [hush-4], files: [hidden.txt]}}",
            "sigv4: {region: r, access_key: a, secret_key: hush-5}",
            "oauth2: {client_id: c, client_secret: hush-6, token_url: 'http://u:hush-7@127.0.0.1:\(endpoint)/hush?a=hush'}",
            "proxy_url: http://u:hush-8@127.0.0.1:\(endpoint)", tls("hush0910"),
        ]
        let plain = settings.enumerated().map { index, entry in
            """
              - url: \(destination.url)
                name: number-\(index)
                failed_request_logging: true
                \(entry)

            """
        }
        return plain.joined() + """
              - url: http://user:hush-11@127.0.0.1:\(destination.port)/?key=hush-12
              - url: https://127.0.0.1:\(endpoint)/
                \(tls("hush1314"))

            """
    }

    /// A certificate and a key that look right and are not: their text is a secret's, in base64.
    private func tls(_ secret: String) -> String {
        let pem = { (label: String) in "\"-----BEGIN \(label)-----\\nMAAA\(secret)\\n-----END \(label)-----\\n\"" }
        return "tls_config: {cert: \(pem("CERTIFICATE")), key: \(pem("PRIVATE KEY"))}"
    }

    @Test func `a run at debug tells none of them, in no log, no answer and no metric`() async throws {
        let stage = try Stage()
        let hidden = try stage.write("hush-15\n", to: "hidden.txt")
        let destination = try FaultyDestination { request in
            request.number % 3 == 0 ? .stored : .status(request.number % 3 == 1 ? 401 : 503, "go away")
        }
        let endpoint = try FaultyDestination()
        let collector = try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {acknowledge_timeout: 1s}}
                log: {level: debug}
                shutdown: {timeout: 1s}
                remote_write:
                \(entries(destination, endpoint: endpoint.port))
                """, environment: ["HUSH": "hush-16"])
        var shown = ""
        for value in 1...4 {
            let answer = try await collector.push("/metrics/job/secrets", "m \(value)\n")
            shown += answer.head + answer.body
        }
        _ = try stage.write("", to: "hidden.txt")
        try await wait(for: "the log to tell of the file") { collector.program.errors.contains("hidden.txt") }
        shown += try await curl("\(collector.url)/metrics").body
        #expect(try await collector.terminate() == 3)
        shown += collector.program.errors + collector.program.output
        #expect(shown.contains("request failed") && shown.contains("number-9"))
        #expect(!shown.contains("hush"), "\(shown.split(separator: "\n").filter { $0.contains("hush") })")
        #expect(hidden.hasSuffix("hidden.txt"))
    }

    @Test func `nor does a configuration that is wrong in each of them`() async throws {
        let stage = try Stage()
        let file = try stage.write(
            """
            remote_write:
              - url: hush://user:hush@h/
                basic_auth: {password: hush, password_file: /nowhere}
                bearer_token: [hush]
                headers: {Content-Type: hush, X-A: "hush\\nhush"}
                http_headers: {Host: {secrets: [hush]}, X-B: {secrets: [{hush: hush}]}}
                proxy_url: hush://hush
                proxy_connect_header: {"a b": [hush]}
                oauth2: {client_secret: hush, token_url: hush}
                sigv4: {secret_key: hush}
                tls_config: {key: hush}

            """, to: "collector.yaml")
        let check = try await FinishedProgram(Stage.program, ["check", "--config.file=\(file)"])
        #expect(check.code == 1)
        #expect(check.errors.split(separator: "\n").count > 10)
        #expect(
            !check.errors.contains("\"hush") && !check.errors.replacing("X-B.secrets", with: "").contains("hush\\n"))
        let lines = check.errors.split(separator: "\n").filter { $0.dropFirst(file.count).contains("hush") }
        #expect(lines == [], "\(lines)")
    }
}
