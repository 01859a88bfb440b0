import Logging
import ServiceLifecycle
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

    /// Returns at the second signal.
    private static func stop(
        _ group: ServiceGroup, at signals: some AsyncSequence<UnixSignal, Never>, logger: Logger
    ) async {
        var isStopping = false
        for await signal in signals {
            guard !isStopping else {
                return logger.warning("stopping at once", metadata: ["signal": "\(signal)"])
            }
            logger.info("stopping", metadata: ["signal": "\(signal)"])
            isStopping = true
            await group.triggerGracefulShutdown()
        }
    }
}
