import Synchronization

/// Scrapes a collector again and again, and notes where its numbers are not true.
final class FaultWatch: Sendable {
    private struct State {
        var scrapes = 0
        var flaws: [String] = []
        var last = [0, 0, 0]
        var isStopped = false
    }

    private let state = Mutex(State())
    private let threads = FaultThreads()
    private let destination: String
    private let samplesPerPush: Int

    /// Begins to scrape.
    ///
    /// A scrape must know of all pushes of the load that were answered before it.
    init(port: Int, of destination: String, during load: FaultLoad?, every pause: Duration) {
        self.destination = destination
        samplesPerPush = load?.plan.parts ?? 1
        threads.start {
            var client = FaultClient(port: port)
            while !self.state.withLock({ $0.isStopped }) {
                let answers = load?.counts ?? [:]
                if let scrape = FaultScrape(&client) { self.look(at: scrape, after: answers) }
                FaultClock.sleep(pause)
            }
        }
    }

    /// Ends it.
    ///
    /// - Returns: how often it looked, and what was wrong.
    func stop() async throws -> (scrapes: Int, flaws: [String]) {
        state.withLock { $0.isStopped = true }
        try await threads.ended("the scrapes to end")
        return state.withLock { ($0.scrapes, $0.flaws) }
    }

    private func look(at scrape: FaultScrape, after answers: [Int: Int]) {
        let names = ["in_total", "total", "failed_total"]
        let now = names.map { scrape.sum("remote_write_samples_\($0)", "destination=\"\(destination)\"") }
        // Counters move before the answers go out.
        let stored = (answers[200] ?? 0) * samplesPerPush
        let refused = (answers[422] ?? 0) * samplesPerPush
        let least = [stored + refused + (answers[202] ?? 0) * samplesPerPush, stored, refused]
        state.withLock { state in
            state.scrapes += 1
            var flaws = [scrape.flaw(of: destination)].compactMap { $0 }
            for index in names.indices {
                if now[index] < least[index] {
                    flaws.append("samples_\(names[index]) is \(now[index]), answers say \(least[index])")
                }
                if now[index] < state.last[index] { flaws.append("samples_\(names[index]) went back to \(now[index])") }
            }
            state.last = now
            if state.flaws.count < 20 { state.flaws += flaws }
        }
    }
}
