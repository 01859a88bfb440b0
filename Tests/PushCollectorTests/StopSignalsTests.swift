import Logging
import ServiceLifecycle
import Synchronization
import Testing
import UnixSignals

@testable import PushCollector

@Suite(.timeLimit(.minutes(15))) struct StopSignalsTests {
    /// A service that notes how it is ended, and after a graceful beginning takes for ever.
    private final class Patient: Service {
        enum Event { case started, shutDown, cancelled }

        let events: AsyncStream<Event>
        private let happened: AsyncStream<Event>.Continuation
        let endsGracefully: Bool

        init(endsGracefully: Bool) {
            self.endsGracefully = endsGracefully
            (events, happened) = AsyncStream.makeStream()
        }

        func run() async throws {
            happened.yield(.started)
            try await gracefulShutdown()
            happened.yield(.shutDown)
            guard !endsGracefully else { return }
            try? await Task.sleep(for: .seconds(3_600))
            if Task.isCancelled { happened.yield(.cancelled) }
        }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `the first signal lets services finish`() async throws {
        let service = Patient(endsGracefully: true)
        let (signals, sent) = AsyncStream.makeStream(of: UnixSignal.self)
        var events = service.events.makeAsyncIterator()
        let logger = logger
        let running = Task {
            try await StopSignals.run(ServiceGroup(services: [service], logger: logger), until: signals, logger: logger)
        }
        #expect(await events.next() == .started)
        sent.yield(.sigterm)
        #expect(await events.next() == .shutDown)
        try await running.value
    }

    @Test func `the second ends them at once, whichever of the two it is`() async throws {
        let service = Patient(endsGracefully: false)
        let (signals, sent) = AsyncStream.makeStream(of: UnixSignal.self)
        var events = service.events.makeAsyncIterator()
        let logger = logger
        let running = Task {
            try await StopSignals.run(ServiceGroup(services: [service], logger: logger), until: signals, logger: logger)
        }
        #expect(await events.next() == .started)
        sent.yield(.sigterm)
        #expect(await events.next() == .shutDown)
        sent.yield(.sigint)
        #expect(await events.next() == .cancelled)
        try await running.value
    }

    @Test func `services that fail end it with their error`() async {
        struct Failing: Service {
            func run() async throws { throw CommandError.usage("no") }
        }
        let (signals, _) = AsyncStream.makeStream(of: UnixSignal.self)
        let logger = logger
        await #expect(throws: CommandError.self) {
            try await StopSignals.run(
                ServiceGroup(services: [Failing()], logger: logger), until: signals, logger: logger)
        }
    }
}
