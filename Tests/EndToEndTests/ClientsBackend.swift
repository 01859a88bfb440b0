import Fixtures
import Foundation
import Testing

/// A collector in front of a Prometheus: one pair for all clients, each of which pushes under a job of its own.
struct ClientsBackend: Sendable {
    @TaskLocal fileprivate static var running: ClientsBackend?

    let collector: Collector
    let prometheus: Prometheus
    let stage: Stage

    /// The pair that the suite has started.
    static var current: ClientsBackend {
        get throws { try #require(running) }
    }

    /// Where clients push that know of a prefix.
    var url: String { collector.url + "/pushgateway" }

    /// A file of `Tests/EndToEndTests/Clients`.
    static func source(_ name: String) -> String {
        Fixtures.root.appending(path: "Tests/EndToEndTests/Clients/\(name)").path
    }

    /// A client that `make setup-tests` built.
    static func built(_ name: String) -> String { Stage.tool("clients/\(name)") }

    /// Runs a client to its end, past any proxy.
    func run(_ program: String, _ arguments: [String]) async throws -> FinishedProgram {
        let all = ["no_proxy=*", "NO_PROXY=*", "URL=\(url)", "HOST=\(collector.url)", program] + arguments
        return try await FinishedProgram("/usr/bin/env", all, in: stage.folder)
    }

    /// Runs a client that is to see success.
    @discardableResult
    func push(
        _ program: String, _ arguments: [String], at location: SourceLocation = #_sourceLocation
    ) async throws -> FinishedProgram {
        let result = try await run(program, arguments)
        #expect(result.code == 0, "\(result.output)\(result.errors)", sourceLocation: location)
        return result
    }

    /// Expects that Prometheus stores just these series under a grouping key, a line each in the order of the text.
    ///
    /// The labels of the grouping key are left out of a line where they are as they should be. The time of the push is
    /// no part of it, nor are the names of metrics that `leavingOut` matches.
    func expect(
        _ lines: String, under group: [String: String], leavingOut pattern: String = "",
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let job = group["job"] ?? ""
        let found = try await prometheus.query(
            "{job=\"\(job)\", __name__!=\"push_time_seconds\", __name__!~\"\(pattern)\"}")
        let text = found.map { Self.line($0, under: group) }.sorted().joined(separator: "\n")
        #expect(text == lines, sourceLocation: location)
    }

    private static func line(_ series: Prometheus.Series, under group: [String: String]) -> String {
        var labels = series.labels
        let name = labels.removeValue(forKey: "__name__") ?? ""
        if group.allSatisfy({ labels[$0.key] == $0.value }) {
            for label in group.keys { labels[label] = nil }
        }
        let list = labels.sorted(by: <).map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        return "\(name)\(list.isEmpty ? "" : "{\(list)}") \(series.value)"
    }
}

/// Starts the pair before the first test of a suite and stops it after the last.
struct ClientsBackendTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing run: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        // What a client is told must not hang on how busy the machine is.
        let collector = try await Collector(on: stage, to: prometheus.writeURL, push: "acknowledge_timeout: 60s")
        let backend = ClientsBackend(collector: collector, prometheus: prometheus, stage: stage)
        try await ClientsBackend.$running.withValue(backend) { try await run() }
        #expect(try await collector.terminate() == 0, "\(collector.program.errors)")
    }
}

extension Trait where Self == ClientsBackendTrait {
    static var backed: Self { Self() }
}

/// The clients' tests are nested in this suite, and share its pair.
@Suite("Real clients push to the built program unchanged", .serialized, .backed)
enum Clients {}
