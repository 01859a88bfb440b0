import Bytes
import Logging
import Settings
import Synchronization
import Systemd
import Telemetry

/// Reads the configuration anew and puts it in force: all of it, or nothing.
///
/// Two reloads at a time come one after the other.
final class Reloader: Sendable {
    private let source: ReloadSource
    private let change: @Sendable (Settings) async throws(CommandError) -> SettingsChange
    private let metrics: ReloadMetrics
    private let supervision: Supervision
    private let logger: Logger
    private let last = Mutex<Task<[String], Never>?>(nil)
    private let isOver = Mutex(false)

    /// - Parameter change: puts settings in force, or says why they cannot be.
    init(
        _ source: ReloadSource, _ observers: (metrics: ReloadMetrics, supervision: Supervision), logger: Logger,
        change: @escaping @Sendable (Settings) async throws(CommandError) -> SettingsChange
    ) {
        self.source = source
        (metrics, supervision) = observers
        self.logger = logger
        self.change = change
    }

    /// Reloads, after those that were asked for before.
    ///
    /// - Returns: nothing, or the lines that say why the configuration before is still in force.
    func reload() async -> [String] {
        let task = last.withLock { last in
            let before = last
            let task = Task {
                _ = await before?.value
                return await self.perform()
            }
            last = task
            return task
        }
        return await task.value
    }

    /// The process ends: nothing is reloaded any more, and the service manager hears nothing more from here.
    func end() { isOver.withLock { $0 = true } }

    /// - Returns: whether it was told.
    @discardableResult
    private func tell(_ states: NotifySocket.State...) -> Bool {
        isOver.withLock { isOver in
            if !isOver { supervision.notify?.send(states) }
            return !isOver
        }
    }

    private func perform() async -> [String] {
        guard tell(.reloading()) else {
            let reason = "the process is about to end"
            logger.warning("configuration not reloaded", metadata: ["error": "\(reason)"])
            return ["configuration not reloaded: \(reason)"]
        }
        do throws(CommandError) {
            let change = try await change(try source.read())
            metrics.succeed(at: WallClock.milliseconds())
            report(change)
            tell(.ready, .status("configuration reloaded"))
            return []
        } catch {
            metrics.fail()
            for line in error.lines { logger.error("configuration not reloaded", metadata: ["error": "\(line)"]) }
            tell(.ready, .status("configuration not reloaded: \(error.lines.first ?? "")"))
            return error.lines
        }
    }

    private func report(_ change: SettingsChange) {
        for path in change.deferred {
            logger.warning("setting takes a restart and stays as it is", metadata: ["setting": "\(path)"])
        }
        logger.info(
            "configuration reloaded",
            metadata: [
                "added": "\(change.added.joined(separator: ", "))",
                "removed": "\(change.removed.joined(separator: ", "))",
                "changed": "\(change.changed.joined(separator: ", "))",
            ])
    }
}
