import Foundation
import Testing

/// The built program in front of a destination that fails as it is told.
struct FaultScene {
    static let name = "backend"

    let stage: Stage
    let destination: FaultyDestination
    let collector: Collector

    /// Starts the program before a destination.
    ///
    /// - Parameters:
    ///   - push: keys of `push.pushgateway`.
    ///   - settings: keys of the destination, each in a line of its own.
    ///   - rest: further keys of the configuration, each in a line of its own.
    init(_ destination: FaultyDestination, push: String = "", settings: String..., rest: String = "") async throws {
        stage = try Stage()
        self.destination = destination
        collector = try await Collector(
            on: stage,
            configuration: Self.configuration(url: destination.url, push: push, settings: settings, rest: rest))
    }

    /// A `collector.yaml` with one destination, in which each push has just the samples that it shows.
    static func configuration(
        url: String, push: String = "acknowledge_timeout: 60s", settings: [String] = [], rest: String = ""
    ) -> String {
        let push = (["push_time_seconds: false"] + [push]).filter { $0 != "" }.joined(separator: ", ")
        return """
            push: {pushgateway: {\(push)}}
            log: {level: warn}
            remote_write:
              - name: \(name)
                url: \(url)
            \(settings.map { "    \($0)\n" }.joined())
            \(rest)

            """
    }

    /// Begins to push.
    func load(_ plan: FaultLoad.Plan) -> FaultLoad {
        FaultLoad(plan, to: collector.port, checking: destination)
    }

    /// Begins to scrape while a load runs.
    func watch(_ load: FaultLoad, every pause: Duration = .milliseconds(100)) -> FaultWatch {
        FaultWatch(port: collector.port, of: Self.name, during: load, every: pause)
    }

    /// The collector's numbers now.
    func scrape() throws -> FaultScrape {
        var client = FaultClient(port: collector.port)
        return try #require(FaultScrape(&client), "no metrics: \(collector.program.errors.suffix(2_000))")
    }

    /// Waits until nothing is held any more.
    func settled(at location: SourceLocation = #_sourceLocation) async throws {
        do {
            try await wait(for: "the queue to be empty") {
                let scrape = try scrape()
                return scrape.pending == 0 && scrape.sum("remote_write_bytes_pending") == 0
            }
        } catch {
            let scrape = try scrape()
            Issue.record(
                "held: \(scrape.pending) samples, \(scrape.sum("remote_write_bytes_pending")) bytes",
                sourceLocation: location)
            throw error
        }
    }

    /// Expects that the numbers agree with the answers, and that the program has nothing left to do and ends with 0.
    func finish(_ ledger: FaultLedger, _ watch: FaultWatch?, at location: SourceLocation = #_sourceLocation)
        async throws
    {
        try await settled(at: location)
        if let watch {
            let (scrapes, flaws) = try await watch.stop()
            #expect(scrapes > 1, sourceLocation: location)
            #expect(flaws == [], sourceLocation: location)
        }
        let scrape = try scrape()
        #expect(scrape.flaw(of: Self.name) == nil, sourceLocation: location)
        #expect(
            scrape.sum("remote_write_samples_total") == ledger.deliveredSamples, sourceLocation: location)
        #expect(
            scrape.sum("remote_write_samples_failed_total") == ledger.refusedSamples, sourceLocation: location)
        #expect(ledger.lies(about: destination.record) == [], sourceLocation: location)
        #expect(
            try await collector.terminate() == 0, "\(collector.program.errors.suffix(2_000))",
            sourceLocation: location)
    }
}
