import Bytes
import CProcess
import CurlTransport
import Delivery
import Glibc
import Ingest
import Logging
import Relabeling
import ServiceLifecycle
import Settings
import Systemd
import Telemetry

/// The one place where pushes in, delivery and the wire out meet.
struct Assembly {
    private let server: PushServer
    private let sender: Sender
    private let scraper: Fetcher?
    private let thread: SenderThread
    private let metrics: Metrics
    private let roster: Roster
    private let settings: Settings
    private let supervision: Supervision
    private let reloader: Reloader?
    private let logger: Logger

    /// Puts a collector together; nothing of it runs yet.
    ///
    /// - Parameters:
    ///   - source: where a reload has its configuration from; nil: there are no reloads.
    ///   - supervision: who is told how the process is.
    init(
        _ settings: Settings, logger: Logger, reload source: ReloadSource? = nil,
        under supervision: Supervision = .none
    ) throws(CommandError) {
        var settings = settings
        Self.fitConnections(of: &settings, logger: logger)
        let thread = SenderThread(version: Version.number)
        let metrics = Metrics(
            build: Version.buildInfo, destinations: settings.remoteWrite.map(\.displayName), process: ProcessStatus.read
        )
        let timeout = settings.push.pushgateway.acknowledgeTimeout
        let roster = Roster(transport: thread) { metrics.destinations = $0 }
        let destinations = zip(settings.remoteWrite, metrics.destinations).map { settings, metrics in
            let destination = Destination(
                settings: settings, acknowledgeTimeout: timeout, metrics: metrics, logger: logger)
            return (destination: destination, settings: settings)
        }
        for (destination, _) in destinations { roster.join(destination) }
        let outbox = Outbox(roster, to: destinations, relabelings: try Self.relabelings(settings))
        var server = PushServer(settings: settings, outbox: outbox, metrics: metrics, logger: logger)
        server.sockets = supervision.sockets
        let sender = Sender(outbox: outbox, thread: thread, drainTimeout: settings.shutdown.timeout)
        // One time for both: what the server takes to finish is not there for the sender.
        server.readiness.whenDraining(sender.limitTime)
        let parties = Configured.Parties(server: server, sender: sender, thread: thread, metrics: metrics)
        let current = CurrentOutbox(outbox)
        reloader = source.map { source in
            let configured = Configured(settings, current, parties, logger: logger)
            return Reloader(source, (metrics.reloads, supervision), logger: logger, change: configured.change)
        }
        scraper = try Self.scraper(settings, outbox: current, metrics: metrics, logger: logger)
        self.sender = sender
        self.thread = thread
        self.metrics = metrics
        self.roster = roster
        self.server = server
        self.settings = settings
        self.supervision = supervision
        self.logger = logger
        metrics.reloads.succeed(at: WallClock.milliseconds())
        if let reloader, source?.isByRequest == true { enableLifecycle(reloader) }
    }

    /// Puts a collector together that asks for what its configuration says at the door.
    init(
        _ configuration: Configuration, logger: Logger, reload source: ReloadSource? = nil,
        under supervision: Supervision = .none
    ) throws(CommandError) {
        try self.init(configuration.settings, logger: logger, reload: source, under: supervision)
        server.door = try configuration.door(logger: logger)
    }

    private func enableLifecycle(_ reloader: Reloader) {
        server.lifecycle.enable {
            let lines = await reloader.reload()
            return lines.isEmpty ? nil : lines.joined(separator: "\n")
        } quit: {
            StopSignals.requestEnd()
        }
    }

    static func relabelings(_ settings: Settings) throws(CommandError) -> Relabelings {
        do throws(SettingsError) {
            return try Relabelings(settings)
        } catch {
            throw .start("relabelling: \(error)")
        }
    }

    /// Descriptors that are not for pushers: destinations, listeners, event loops, files.
    private static let ownDescriptors = 128

    /// Keeps connections below what the process may have open, so that destinations are reached whoever comes.
    static func fitConnections(of settings: inout Settings, logger: Logger) {
        let descriptors = process_raise_descriptors()
        let room = max(1, descriptors - ownDescriptors - scrapeDescriptors(settings))
        guard descriptors > 0, settings.push.pushgateway.limits.connections > room else { return }
        logger.warning(
            "fewer connections than limits.connections: the process may not have more descriptors open",
            metadata: ["connections": "\(room)", "descriptors": "\(descriptors)"])
        settings.push.pushgateway.limits.connections = room
    }

    /// The services, in the order in which they start; they stop in the other, so that what is pushed is still sent.
    var services: [any Service] {
        let herald = Herald(
            server: server, supervision: supervision, reloader: reloader, destinations: settings.remoteWrite.count)
        var services: [any Service] = [sender, server]
        if let scraper { services.append(scraper) }
        services.append(herald)
        guard let interval = supervision.watchdog else { return services }
        let watchdog = Watchdog(interval: interval, server: server, thread: thread) { [supervision] in
            supervision.tell(.watchdog)
        }
        return [watchdog] + services
    }

    /// Where the server listens, once it does; nothing if it never will.
    var addresses: [ListenAddress] { get async { await server.boundAddresses() } }

    /// Collects until the process is told to stop, and drains.
    func run() async -> ExitStatus {
        announce()
        let group = ServiceGroup(services: services, logger: logger)
        // Half of the resident memory is text that the start alone runs: flags, file, dynamic linking, TLS.
        Task { [server, thread] in
            guard !(await server.boundAddresses()).isEmpty else { return }
            // By then libcurl is loaded.
            await thread.beat()
            process_release_start()
        }
        do {
            try await StopSignals.run(group, logger: logger)
        } catch {
            return failed(error)
        }
        return stopped()
    }

    /// Says what starts; a URL's password is not told.
    func announce() {
        let destinations = settings.remoteWrite.map { "\($0.displayName) \($0.redactedURL)" }
        logger.info(
            "push-collector starts",
            metadata: [
                "version": "\(Version.number)", "revision": "\(Version.revision)",
                "listen": "\(settings.listenAddress.map(\.description).joined(separator: ", "))",
                "destinations": "\(destinations.joined(separator: ", "))",
            ])
    }

    /// Says how it ended, in the last line of the log.
    func stopped() -> ExitStatus {
        let samples = sender.undelivered
        guard samples > 0 else {
            if undelivered.isEmpty {
                logger.info("stopped with everything delivered")
            } else {
                logger.warning(
                    "stopped with samples undelivered to destinations that are not required",
                    metadata: ["destinations": "\(undelivered.joined(separator: "; "))"])
            }
            return .success
        }
        logger.error(
            "stopped with samples undelivered",
            metadata: ["samples": "\(samples)", "destinations": "\(undelivered.joined(separator: "; "))"])
        return .undelivered
    }

    /// For each destination that lacks samples how many, and why: `3 for backend: answered 503, since ...`.
    private var undelivered: [String] {
        roster.members.compactMap { destination in
            guard destination.samplesLost > 0 else { return nil }
            return "\(destination.samplesLost) for \(destination.whyUndelivered(at: .now))"
        }
    }

    /// Says what stopped it, in the last line of the log.
    func failed(_ error: any Error) -> ExitStatus {
        logger.error("stopped by an error", metadata: ["error": "\(error)", "undelivered": "\(sender.undelivered)"])
        return .failure
    }
}
