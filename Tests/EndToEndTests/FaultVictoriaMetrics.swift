import Foundation

/// Debian's VictoriaMetrics.
struct VictoriaMetrics {
    let program: RunningProgram
    private let port: Int

    var writeURL: String { "http://127.0.0.1:\(port)/api/v1/write" }

    init(on stage: Stage, port: Int) async throws {
        self.port = port
        program = try RunningProgram(
            Stage.tool("usr/bin/victoria-metrics"),
            [
                "-httpListenAddr=127.0.0.1:\(port)", "-retentionPeriod=100y",
                "-storageDataPath=\(stage.folder.appending(path: "victoria").path)",
            ])
        let program = program
        try await wait(for: "VictoriaMetrics to be ready") {
            guard program.isRunning else { throw TimedOut(description: "VictoriaMetrics ended: \(program.errors)") }
            return (try? RawRequest.whole("/health").send(to: port))?.status == 200
        }
    }

    /// Every sample of a metric.
    func values(of metric: String) throws -> [Double] {
        struct Line: Decodable { var values: [Double] }
        _ = try RawRequest.whole("/internal/force_flush").send(to: port)
        let answer = try RawRequest.whole("/api/v1/export?match%5B%5D=\(metric)").send(to: port)
        return try answer.body.split(separator: "\n").flatMap {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8)).values
        }
    }
}
