import Delivery
import Foundation
import Logging
import Settings
import Synchronization
import Telemetry
import Testing

@testable import CurlTransport

@Suite("The sender thread while destinations change", .timeLimit(.minutes(15)))
struct SenderThreadChangeTests {
    private func url(_ fake: FakeDestination) -> String { "http://127.0.0.1:\(fake.port)/write" }

    private func change(
        _ scene: Scene, _ change: (inout DestinationSettings) -> Void
    ) async throws(TransportError) {
        var settings = scene.outbox.destinations[0].settings
        change(&settings)
        try await scene.thread.change(
            DestinationChange(to: [(scene.outbox.destinations[0], settings)], acknowledgeTimeout: .seconds(5)))
    }

    @Test func `what is queued goes to the new url`() async throws {
        let old = try await FakeDestination.start { _ in .status(503) }
        let new = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: [url(old)]) { scene in
            let outcomes = try ["a", "b", "c"].map { try scene.push($0) }
            try await eventually { old.requests.count > 1 }
            try await change(scene) { $0.url = url(new) }
            for outcome in outcomes { #expect(try await outcome.value == .delivered) }
        }
        #expect(new.texts.joined() == "abc")
        try await old.stop()
        try await new.stop()
    }

    @Test func `a request in flight is answered by whom it was sent to, and the next one waits for that`() async throws
    {
        let gate = Gate()
        let old = try await FakeDestination.start { _ in gate.pass(.status(204)) }
        let new = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: [url(old)]) { scene in
            let first = try scene.push("a")
            try await eventually { gate.hasVisitor }
            try await change(scene) { $0.url = url(new) }
            let second = try scene.push("b")
            await scene.thread.beat()
            #expect(new.requests.isEmpty)
            gate.open()
            #expect(try await first.value == .delivered)
            #expect(try await second.value == .delivered)
        }
        #expect(old.texts == ["a"])
        #expect(new.texts == ["b"])
        try await old.stop()
        try await new.stop()
    }

    @Test func `of several changes while a request is in flight the last one counts`() async throws {
        let gate = Gate()
        let old = try await FakeDestination.start { _ in gate.pass(.status(503)) }
        let new = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: [url(old)]) { scene in
            let outcome = try scene.push("a")
            try await eventually { gate.hasVisitor }
            for _ in 0..<3 { try await change(scene) { $0.url = "http://127.0.0.1:1/" } }
            try await change(scene) { $0.url = url(new) }
            gate.open()
            #expect(try await outcome.value == .delivered)
        }
        #expect(old.texts == ["a"])
        #expect(new.texts.allSatisfy { $0 == "a" } && !new.texts.isEmpty)
        try await old.stop()
        try await new.stop()
    }

    /// Holds the answers of a destination back until it is opened.
    private final class Gate: Sendable {
        private let state = Mutex((isOpen: false, hasVisitor: false))

        var hasVisitor: Bool { state.withLock(\.hasVisitor) }

        func open() { state.withLock { $0.isOpen = true } }

        func pass(_ answer: FakeDestination.Answer) -> FakeDestination.Answer {
            state.withLock { $0.hasVisitor = true }
            while !state.withLock(\.isOpen) { usleep(1_000) }
            return answer
        }
    }

    @Test func `what cannot be used changes nothing`() async throws {
        let fake = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: [url(fake)]) { scene in
            await #expect(throws: TransportError.self) { try await change(scene) { $0.url = "ftp://nowhere" } }
            #expect(scene.outbox.destinations[0].settings.url == url(fake))
            try await scene.expect(.delivered, of: "a")
        }
        try await fake.stop()
    }

    @Test func `a new destination is delivered to, and one that leaves is gone once it is empty`() async throws {
        let old = try await FakeDestination.start { _ in .status(204) }
        let new = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: [url(old)]) { scene in
            var settings = DestinationSettings(url: url(new))
            settings.name = "new"
            let destination = Destination(
                settings: settings, acknowledgeTimeout: .seconds(5), metrics: DestinationMetrics(name: "new"),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await scene.thread.change(
                DestinationChange(to: [(destination, settings)], acknowledgeTimeout: .seconds(5)))
            let roster = scene.outbox.roster
            #expect(roster.members.map(\.name) == ["backend-0", "new"])
            try await scene.expect(.delivered, of: "a")
            scene.outbox.replace()
            roster.leave(scene.outbox.destinations[0])
            try await eventually { roster.members.map(\.name) == ["new"] }
            await scene.thread.beat()
        }
        try await old.stop()
        try await new.stop()
    }

    @Test func `who asks a thread that has ended is told so`() async throws {
        let scene = try await Scene.run(to: ["http://127.0.0.1:1/"]) { _ in }
        await scene.thread.beat()
        await #expect(throws: TransportError.stopped) { try await change(scene) { _ in } }
    }
}
