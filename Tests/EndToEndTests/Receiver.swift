import Foundation
import Testing

/// `push-collector receiver`: a remote-write receiver that prints what arrives.
struct Receiver {
    private let program: RunningProgram
    let writeURL: String

    init(on stage: Stage) async throws {
        let port = try Stage.freePort()
        let program = try RunningProgram(
            Stage.program, ["receiver", "--web.listen-address=127.0.0.1:\(port)"], in: stage.folder)
        self.program = program
        writeURL = "http://127.0.0.1:\(port)/api/v1/write"
        try await wait(for: "the receiver to be ready") {
            guard program.isRunning else { throw TimedOut(description: "the receiver ended: \(program.errors)") }
            return (try? RawRequest.bare("GET", "/-/healthy").send(to: port))?.status == 200
        }
    }

    /// The lines that it has printed so far, in the order of their arrival.
    var lines: [Substring] { program.output.split(separator: "\n") }

    /// Waits until it has printed so many lines that begin so: they are read from it soon after they were printed.
    func prints(_ prefix: String, times: Int = 1) async throws {
        try await wait(for: "the receiver to print \(prefix)") { lines.count { $0.hasPrefix(prefix) } >= times }
    }
}
