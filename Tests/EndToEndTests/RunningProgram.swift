import Foundation
import Synchronization
import Testing

/// A program that a test started; it is killed, if it still runs, when the test lets go of it.
final class RunningProgram: Sendable {
    private struct State {
        var output = ""
        var errors = ""
        var openPipes = 2
    }

    /// One at a time: Foundation has crashed where several tests started programs at once.
    private static let starting = Mutex(())

    private let process: Mutex<Process>
    private let state = Mutex(State())
    let name: String

    init(_ path: String, _ arguments: [String], in directory: URL? = nil, environment: [String: String] = [:]) throws {
        let process = Process()
        name = (path as NSString).lastPathComponent
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        self.process = Mutex(process)
        collect(output) { $0.output += $1 }
        collect(errors) { $0.errors += $1 }
        try Self.starting.withLock { _ in try self.process.withLock { try $0.run() } }
    }

    deinit { kill() }

    /// Reads a pipe to its end, on a thread of its own: handlers of `FileHandle` have crashed when it was closed.
    private func collect(_ pipe: Pipe, into append: @escaping @Sendable (inout State, String) -> Void) {
        Thread.detachNewThread { [weak self] in
            while true {
                let data = pipe.fileHandleForReading.availableData
                if data.isEmpty { break }
                self?.state.withLock { append(&$0, String(decoding: data, as: UTF8.self)) }
            }
            self?.state.withLock { $0.openPipes -= 1 }
        }
    }

    var output: String { state.withLock { $0.output } }
    var errors: String { state.withLock { $0.errors } }
    var isRunning: Bool { process.withLock { $0.isRunning } }

    var processIdentifier: Int32 { process.withLock { $0.processIdentifier } }

    func kill() {
        process.withLock { process in
            guard process.isRunning else { return }
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    func signal(_ signal: Int32) {
        process.withLock { _ = Foundation.kill($0.processIdentifier, signal) }
    }

    /// Waits until the program has ended and what it wrote is there, and says how it ended.
    func exitCode(upTo limit: Duration = .seconds(300)) async throws -> Int32 {
        try await wait(for: "\(name) to end", upTo: limit) { !self.isRunning }
        // A program that was started meanwhile may have inherited a pipe, and keep it open.
        try? await wait(for: "the pipes to end", upTo: .seconds(3)) { self.state.withLock { $0.openPipes == 0 } }
        return process.withLock { $0.terminationStatus }
    }
}

/// What a command that ran to its end left behind.
struct FinishedProgram {
    var code: Int32
    var output: String
    var errors: String

    init(_ path: String, _ arguments: [String], in directory: URL? = nil) async throws {
        let program = try RunningProgram(path, arguments, in: directory)
        // Some pack and compress, beside all other tests.
        code = try await program.exitCode(upTo: .seconds(600))
        (output, errors) = (program.output, program.errors)
    }
}

struct TimedOut: Error, CustomStringConvertible {
    var description: String
}

/// Waits, generously, until a condition holds.
func wait(
    for what: String, upTo limit: Duration = .seconds(300), _ condition: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    while try await !condition() {
        guard clock.now < end else { throw TimedOut(description: "waited \(limit) for \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
