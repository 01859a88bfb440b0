import Glibc
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// How signals end the process: the first lets services finish, the second ends them at once.
enum StopSignals {
    /// Runs services until they end by themselves, or SIGTERM or SIGINT ends them.
    static func run(_ group: ServiceGroup, logger: Logger) async throws {
        try await run(group, until: await UnixSignalsSequence(trapping: .sigterm, .sigint), logger: logger)
    }

    /// The same with signals from anywhere.
    static func run(
        _ group: ServiceGroup, until signals: some AsyncSequence<UnixSignal, Never> & Sendable, logger: Logger
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask { await stop(group, at: signals, logger: logger) }
            // Whichever is first: services that have ended, or the second signal.
            try await tasks.next()
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    /// Ends the process as a first SIGTERM does, however often it is called.
    static func requestEnd() {
        ownSignals.note()
        kill(getpid(), SIGTERM)
    }

    /// The signals that the process has sent itself and not yet heard.
    private static let ownSignals = OwnSignals()

    private final class OwnSignals: Sendable {
        private let count = Mutex(0)

        func note() { count.withLock { $0 += 1 } }

        /// Whether a signal may be one of them.
        func take() -> Bool {
            count.withLock { count in
                guard count > 0 else { return false }
                count -= 1
                return true
            }
        }
    }

    /// Returns at the second signal of somebody else.
    private static func stop(
        _ group: ServiceGroup, at signals: some AsyncSequence<UnixSignal, Never>, logger: Logger
    ) async {
        var isStopping = false
        // A request to end is no order to hurry: whoever sends one may send a signal after it.
        var orders = 0
        for await signal in signals {
            if !ownSignals.take() { orders += 1 }
            guard orders < 2 else {
                return logger.warning("stopping at once", metadata: ["signal": "\(signal)"])
            }
            guard !isStopping else { continue }
            logger.info("stopping", metadata: ["signal": "\(signal)"])
            isStopping = true
            await group.triggerGracefulShutdown()
        }
    }
}
