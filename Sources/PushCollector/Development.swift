import EmbeddedReceiver
import Logging
import ServiceLifecycle
import Settings
import Synchronization

/// A collector that delivers to a receiver in the same process.
final class Development: Service, CustomStringConvertible {
    var description: String { "development" }

    private let configuration: Configuration
    private let source: ReloadSource?
    private let receiver: RemoteWriteReceiver
    private let logger: Logger
    private let ready: @Sendable (ListenAddress) -> Void
    private let outcome = Mutex<ExitStatus?>(nil)

    /// A collector with this configuration, whose destinations the receiver takes the place of.
    ///
    /// - Parameter ready: is told where the server listens, once it does.
    init(
        _ configuration: Configuration, _ source: ReloadSource? = nil, receiver: RemoteWriteReceiver, logger: Logger,
        ready: @escaping @Sendable (ListenAddress) -> Void
    ) {
        self.configuration = configuration
        self.source = source
        self.receiver = receiver
        self.logger = logger
        self.ready = ready
    }

    /// How the collector ended; nil: it has not run.
    var status: ExitStatus? { outcome.withLock { $0 } }

    func run() async throws {
        guard let port = await receiver.boundPort() else { return }
        var configuration = configuration
        configuration.settings = Self.settings(configuration.settings, to: port)
        let assembly = try Assembly(configuration, logger: logger, reload: source(to: port))
        assembly.announce()
        async let announced: Void = announce(assembly)
        do {
            try await ServiceGroup(services: assembly.services, logger: logger).run()
            await announced
            outcome.withLock { $0 = assembly.stopped() }
        } catch {
            await announced
            outcome.withLock { $0 = assembly.failed(error) }
            throw error
        }
    }

    /// The settings with the receiver in the place of all destinations.
    private static func settings(_ settings: Settings, to port: Int) -> Settings {
        var settings = settings
        var destination = DestinationSettings(url: "http://127.0.0.1:\(port)/api/v1/write")
        destination.name = "receiver"
        settings.remoteWrite = [destination]
        return settings
    }

    private func source(to port: Int) -> ReloadSource? {
        guard var source else { return nil }
        source.read = { [read = source.read] () throws(CommandError) in Self.settings(try read(), to: port) }
        return source
    }

    private func announce(_ assembly: Assembly) async {
        if let address = await assembly.addresses.first { ready(address) }
    }
}
