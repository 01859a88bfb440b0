import Foundation
import Synchronization
import Testing

extension FaultsWithPatience {
    @Suite("What is tried again, and when")
    struct RetryTests {
        /// Answers the first attempt at each body with 429 or 503 and this header, and stores the second.
        private func hesitant(_ retryAfter: @escaping @Sendable () -> String) throws -> FaultyDestination {
            let seen = SeenBodies()
            return try FaultyDestination { request in
                guard seen.insert(request.fingerprint) else { return .stored }
                return .status(request.number % 2 == 0 ? 429 : 503, headers: "Retry-After: \(retryAfter())")
            }
        }

        /// Attempts at the same body, each with the next.
        private func retries(in requests: [FaultRequest]) -> [(FaultRequest, FaultRequest)] {
            Dictionary(grouping: requests, by: \.fingerprint).values.flatMap { attempts in
                let attempts = attempts.sorted { $0.number < $1.number }
                return Array(zip(attempts, attempts.dropFirst()))
            }
        }

        @Test func `Retry-After in seconds is obeyed with the same bytes`() async throws {
            let scene = try await FaultScene(hesitant { "2" })
            let load = scene.load(.init(pushers: 8, pushes: 8))
            let ledger = try await load.ended()
            try await scene.finish(ledger, nil)
            let retries = retries(in: scene.destination.record.requests)
            #expect(!retries.isEmpty)
            #expect(scene.destination.record.requests.count == 2 * retries.count)
            for (first, second) in retries {
                #expect(second.began - first.ended >= .seconds(2))
                #expect(first.attempt == 0)
                #expect(second.attempt == 1)
            }
            #expect(ledger.count(200, 202) == 8)
        }

        @Test func `Retry-After as a date is obeyed`() async throws {
            let due = Mutex(Date())
            let scene = try await FaultScene(
                hesitant {
                    let date = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down) + 3)
                    due.withLock { $0 = date }
                    let format = DateFormatter()
                    format.locale = Locale(identifier: "en_US_POSIX")
                    format.timeZone = TimeZone(identifier: "GMT")
                    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
                    return format.string(from: date)
                })
            let load = scene.load(.init(pushers: 1, pushes: 1))
            try await wait(for: "the push to be stored") { scene.destination.storedCount == 1 }
            #expect(Date() >= due.withLock { $0 })
            try await scene.finish(try await load.ended(), nil)
        }

        @Test func `401 is nobody's data's fault and nothing is lost by it`() async throws {
            let destination = try FaultyDestination { _ in .status(401, "who are you") }
            let begin = ContinuousClock.now
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 1s")
            let load = scene.load(.init(pushers: 8, rate: 50, pushes: 100))
            let ledger = try await load.ended()
            #expect(ledger.counts == [202: 100])
            #expect(ledger.reason?.contains("401") == true, "\(ledger.reason ?? "")")
            destination.behave { _ in .stored }
            try await scene.finish(ledger, nil)
            let refused = destination.record.requests.filter { $0.status == 401 }.count
            // A request a shard may be under way when the first is answered; then it is one in ten seconds.
            #expect(refused <= 4 + Int((ContinuousClock.now - begin) / .seconds(10)))
            #expect(destination.record.disordered == [])
        }

        @Test func `a black hole is given up after remote_timeout and nothing is lost by it`() async throws {
            let destination = try FaultyDestination { _ in .failed(.stall) }
            let scene = try await FaultScene(
                destination, push: "acknowledge_timeout: 1s", settings: "remote_timeout: 1s",
                "queue_config: {max_backoff: 200ms}")
            let load = scene.load(.init(pushers: 8, rate: 100))
            let watch = scene.watch(load)
            try await wait(for: "three attempts to be given up") {
                try scene.scrape().sum("remote_write_requests_total", "code=\"0\"") >= 3
            }
            #expect(load.counts[200] == nil)
            #expect(load.counts[202, default: 0] > 0)
            destination.behave { _ in .stored }
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 50 }
            let ledger = try await load.run(.zero)
            #expect(ledger.reason?.contains("no answer") == true, "\(ledger.reason ?? "")")
            try await scene.finish(ledger, watch)
            #expect(ledger.count(0, 422, 503) == 0)
            #expect(destination.record.disordered == [])
        }
    }
}

/// The bodies that a destination has seen.
final class SeenBodies: Sendable {
    private let fingerprints = Mutex<Set<Int>>([])

    /// Whether it is the first time.
    func insert(_ fingerprint: Int) -> Bool { fingerprints.withLock { $0.insert(fingerprint).inserted } }
}
