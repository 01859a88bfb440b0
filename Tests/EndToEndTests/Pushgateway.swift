import Foundation
import Testing

/// Debian's Pushgateway, which keeps nothing on disk.
struct Pushgateway {
    let port: Int
    private let program: RunningProgram

    init(on stage: Stage) async throws {
        let port = try Stage.freePort()
        let program = try RunningProgram(
            Stage.tool("usr/bin/prometheus-pushgateway"),
            ["--persistence.file=", "--web.listen-address=127.0.0.1:\(port)", "--web.enable-admin-api"],
            in: stage.folder)
        (self.port, self.program) = (port, program)
        try await wait(for: "the Pushgateway to be ready") {
            guard program.isRunning else { throw TimedOut(description: "the Pushgateway ended: \(program.errors)") }
            return (try? RawRequest.bare("GET", "/-/ready").send(to: port))?.status == 200
        }
    }

    /// Forgets all groups.
    func wipe() throws {
        #expect(try RawRequest.bare("PUT", "/api/v1/admin/wipe").send(to: port).status == 202)
    }

    /// Ends it.
    func stop() { program.kill() }

    /// The page that Prometheus would scrape, with all that was pushed; in HTTP/1.0, which has no chunks.
    func page() throws -> Answer {
        var request = RawRequest.bare("GET", "/metrics")
        request.version = "HTTP/1.0"
        return try request.send(to: port)
    }
}
