import Delivery
import Settings
import Telemetry
import Testing

@testable import CurlTransport

@Suite("Sender", .timeLimit(.minutes(15)))
struct SenderTests {
    @Test func `on shutdown what is queued is delivered first`() async throws {
        let fake = try await FakeDestination.start { $0.number <= 5 ? .status(503) : .status(200) }
        let scene = try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/"]) { scene in
            for number in 0..<20 { try scene.push("\(number);") }
        }
        #expect(scene.sender.undelivered == 0)
        #expect(scene.metrics[0].samplesDelivered.value == 20)
        #expect(throws: Outbox.Refusal.closed) { try scene.push("late") }
        try await fake.stop()
    }

    @Test func `what is not delivered in the time to drain is given up, counted and settled`() async throws {
        let port = Self.closedPort
        let outcomes = Outcome()
        let scene = try await Scene.run(to: ["http://127.0.0.1:\(port)/"], drain: .milliseconds(200)) { scene in
            for number in 0..<20 { try scene.push("\(number);", samples: 2) }
            let last = try scene.push("last")
            #expect(last.now == nil)
            outcomes.settle(.delivered)
        }
        #expect(scene.sender.undelivered == 41)
        #expect(scene.metrics[0].samplesFailed.values == ["refused": 0, "lost": 41, "unconfirmed": 0])
        #expect(scene.metrics[0].samplesPending.value == 0)
        #expect(scene.metrics[0].bytesPending.value == 0)
    }

    @Test func `time that is limited runs out while pushes still come, and the service ends when it is told`()
        async throws
    {
        let port = Self.closedPort
        let scene = try await Scene.run(to: ["http://127.0.0.1:\(port)/"], drain: .milliseconds(200)) { scene in
            let early = try scene.push("early")
            scene.sender.limitTime()
            let late = try scene.push("late")
            #expect(try await early.value == .lost)
            #expect(try await late.value == .lost)
            #expect(throws: Outbox.Refusal.closed) { try scene.push("too late") }
        }
        #expect(scene.sender.undelivered == 2)
    }

    @Test func `cancelled, it gives up at once, counts and settles`() async throws {
        let port = Self.closedPort
        let scene = try Scene(urls: ["http://127.0.0.1:\(port)/"], drain: .seconds(3_600))
        let outcome = try scene.push("p", samples: 3)
        let running = Task { try await scene.sender.run() }
        try await eventually { (scene.metrics[0].requests.values[0] ?? 0) > 0 }
        running.cancel()
        try await running.value
        #expect(outcome.now == .lost)
        #expect(scene.sender.undelivered == 3)
    }

    @Test func `a destination that comes back on the same port gets everything`() async throws {
        let first = try await FakeDestination.start { _ in .status(200) }
        let port = first.port
        try await Scene.run(to: ["http://127.0.0.1:\(port)/"]) { scene in
            try await scene.expect(.delivered, of: "a")
            try await first.stop()
            let outcomes = try (0..<10).map { try scene.push("\($0);") }
            try await eventually { (scene.metrics[0].requests.values[0] ?? 0) > 0 }
            let second = try await FakeDestination.start(port: port) { _ in .status(200) }
            for outcome in outcomes { #expect(try await outcome.value == .delivered) }
            try await second.stop()
        }
    }

    @Test func `while a destination refuses connections it is failing, and the reason says so`() async throws {
        let port = Self.closedPort
        try await Scene.run(to: ["http://127.0.0.1:\(port)/"], drain: .zero) { scene in
            let start = ContinuousClock.now
            try scene.push("p")
            let words = "backend-0: connection refused by 127.0.0.1:\(port), since 20"
            try await eventually { scene.outbox.failing(at: .now)?.hasPrefix(words) == true }
            #expect(ContinuousClock.now - start >= .seconds(1))
            try await eventually { scene.metrics[0].failing.value == 1 }
        }
    }

    @Test(arguments: ["ftp://127.0.0.1/", "not a url", "http://"])
    func `a url that cannot be used ends the service with an error that names the destination`(
        url: String
    ) async throws {
        let scene = try Scene(urls: [url])
        await #expect(throws: TransportError.unusableURL(destination: "backend-0")) { try await scene.sender.run() }
    }

    /// Nobody listens there: a port that the system hands out might be another test's by the time it is used.
    private static let closedPort = 1
}
