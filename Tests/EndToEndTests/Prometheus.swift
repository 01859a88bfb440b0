import Foundation
import Testing

/// Debian's Prometheus as a remote-write receiver.
struct Prometheus {
    let port: Int
    let program: RunningProgram
    let stage: Stage

    var url: String { "http://127.0.0.1:\(port)" }
    var writeURL: String { url + "/api/v1/write" }

    init(
        on stage: Stage, port: Int? = nil, features: [String] = [],
        configuration: String = "global: {scrape_interval: 1h}"
    ) async throws {
        self.stage = stage
        self.port = try port ?? Stage.freePort()
        let configuration = try stage.write(configuration, to: "prometheus.yml")
        program = try RunningProgram(
            Stage.tool("usr/bin/prometheus"),
            [
                "--config.file=\(configuration)", "--web.enable-remote-write-receiver",
                "--web.listen-address=127.0.0.1:\(self.port)",
                "--storage.tsdb.path=\(stage.folder.appending(path: "data").path)",
                // The console templates are not unpacked, and not needed.
                "--web.console.templates=", "--web.console.libraries=",
            ] + features.map { "--enable-feature=\($0)" })
        let (url, program) = (url, program)
        try await wait(for: "Prometheus to be ready") {
            guard program.isRunning else { throw TimedOut(description: "Prometheus ended: \(program.errors)") }
            return (try? await curl("\(url)/-/ready"))?.status == 200
        }
    }

    /// A series as a query finds it.
    struct Series: Equatable, Sendable {
        var labels: [String: String]
        var value: String
    }

    private struct Reply: Decodable {
        struct Payload: Decodable { var result: [Item] }
        struct Item: Decodable {
            var metric: [String: String]
            var value: [Text]
        }
        /// Prometheus writes `[1700000000, "1"]`: a number, then a text.
        struct Text: Decodable {
            var text: String
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                text = try (try? container.decode(String.self)) ?? String(container.decode(Double.self))
            }
        }
        var data: Payload
    }

    /// What an instant query finds now, in the order of the labels.
    func query(_ expression: String) async throws -> [Series] {
        let answer = try await curl(["--get", "--data-urlencode", "query=\(expression)", "\(url)/api/v1/query"])
        try #require(answer.status == 200, "\(answer)")
        return try JSONDecoder().decode(Reply.self, from: Data(answer.body.utf8)).data.result
            .map { Series(labels: $0.metric, value: $0.value.last?.text ?? "") }
            .sorted { $0.labels.sorted(by: <).description < $1.labels.sorted(by: <).description }
    }
}
