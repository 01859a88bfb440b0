import Fixtures
import Foundation
import Testing

@Suite("The blocks for backends in docs/configuration.md")
struct AccessRecipesTests {
    struct Recipe: Sendable, CustomTestStringConvertible {
        /// The host that the block names.
        var host: String
        var block: String
        var testDescription: String { host }

        static func all() throws -> [Recipe] {
            let text = try String(
                contentsOf: Fixtures.root.appending(path: "docs/configuration.md"), encoding: .utf8)
            let section = text.components(separatedBy: "### Blocks for backends\n")[1].components(separatedBy: "\n##")[
                0]
            return section.components(separatedBy: "```yaml\n").dropFirst().map { part in
                let block = part.components(separatedBy: "```")[0]
                let host = block.firstMatch(of: /https?:\/\/([^\/:]+)/).map { String($0.1) } ?? ""
                return Recipe(host: host, block: block)
            }
        }
    }

    /// What a backend sees of a request.
    private static let expected: [(host: String, path: String, header: String, value: String)] = [
        ("mimir", "/api/v1/push", "X-Scope-OrgID", "team-a"),
        (
            "prometheus-prod-01-eu-west-0.grafana.net", "/api/prom/push", "Authorization",
            "Basic " + Data("123456:grafana".utf8).base64EncodedString()
        ),
        (
            "aps-workspaces.eu-central-1.amazonaws.com", "/workspaces/ws-0123/api/v1/remote_write", "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"
        ),
        ("victoriametrics", "/api/v1/write", "Content-Encoding", "snappy"),
        ("example.chronosphere.io", "/data/prometheus/api/v1/write", "Authorization", "Bearer chronosphere"),
        ("thanos-receive", "/api/v1/receive", "THANOS-TENANT", "team-a"),
    ]

    @Test func `each of them is here`() throws {
        #expect(try Recipe.all().map(\.host) == Self.expected.map(\.host))
    }

    @Test(arguments: try Recipe.all())
    func `it is a configuration, and requests are as the backend wants them`(recipe: Recipe) async throws {
        let expected = try #require(Self.expected.first { $0.host == recipe.host })
        let stage = try Stage()
        try await AccessNginx.certificates(on: stage)
        try Data(contentsOf: stage.folder.appending(path: "authority.pem"))
            .write(to: stage.folder.appending(path: "authorities.pem"))
        _ = try stage.write("chronosphere\n", to: "token.txt")
        let destination = try FaultyDestination()
        // Of the URL only host and port are another's.
        let block = recipe.block.replacing(/https?:\/\/[^\/]+/, with: "http://127.0.0.1:\(destination.port)")
        let collector = try await Collector(
            on: stage, configuration: block,
            environment: [
                "GRAFANA_CLOUD_TOKEN": "grafana", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            ])
        let answer = try await collector.push("/metrics/job/recipe", "fault_sequence 1\n")
        #expect(answer.status == 200, "\(answer) \(collector.program.errors)")
        let request = try #require(destination.record.requests.first)
        #expect(request.target == expected.path)
        #expect(request.header(expected.header)?.hasPrefix(expected.value) == true)
        #expect(try await collector.terminate() == 0)
    }
}
