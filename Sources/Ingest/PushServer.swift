public import Delivery
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import Settings
public import Telemetry

/// The HTTP server that takes pushes: listens, serves, and drains when it is told to end.
public struct PushServer: Service, CustomStringConvertible {
    /// What the log calls it; all that it holds, secrets too, would be told else.
    public var description: String { "server" }

    private let addresses: [ListenAddress]
    let state: ServerState
    /// What counts as long as the server does, whatever is configured meanwhile.
    private let intake: Intake
    let connections: Connections
    private let bound = BoundAddresses()

    /// Sockets that somebody else has opened and that listen already, in place of addresses of its own.
    public var sockets: [CInt] = []

    /// How long ending may take.
    struct Times: Sendable {
        /// From the signal on, pushes are taken for so long as if nothing were, while readiness is red.
        var delay = Duration.zero
        /// Then, pushes in hand may take so long to be answered in the ordinary way.
        var finish = TimeAmount.seconds(5)
        /// Then, the last answers may take so long to leave.
        var leave = TimeAmount.seconds(2)
        /// Where it is to end at once, the last two take so long each at most.
        var hurry = TimeAmount.milliseconds(500)
    }

    /// A server for these settings; it listens once it runs.
    public init(settings: Settings, outbox: Outbox, metrics: Metrics, logger: Logger) {
        var intake = Intake(settings: settings.push.pushgateway, outbox: outbox, metrics: metrics, logger: logger)
        intake.heartbeats = Heartbeats(settings.probes)
        intake.requestLog = RequestLog(logger, writesAll: settings.log.access)
        intake.configuration = { settings }
        let limits = ConnectionLimits(settings.push.pushgateway)
        self.init(intake, at: settings.listenAddress, limits: limits, times: Times(settings.shutdown))
    }

    init(_ intake: Intake, at addresses: [ListenAddress], limits: ConnectionLimits, times: Times = Times()) {
        self.intake = intake
        self.addresses = addresses
        state = ServerState(intake, limits, times)
        connections = Connections(
            limit: intake.settings.limits.connections, gauge: intake.metrics.http.connections)
    }

    /// Who comes in; to be set before it runs.
    public var door: Door {
        get { state.intake.door }
        nonmutating set { state.use(newValue) }
    }

    /// Whether pushes are taken.
    public var readiness: Readiness { intake.readiness }

    /// What requests may ask of the process; nothing until it is enabled.
    public var lifecycle: Lifecycle { intake.lifecycle }

    /// Serves with other settings and another outbox from now on.
    ///
    /// When it returns, no event loop takes a push by what was in force before; a push that is on its way to the queue on
    /// another thread is made anew once the former outbox is replaced. Where the server listens does not change.
    public func change(to settings: Settings, outbox: Outbox) async {
        guard !(await boundAddresses()).isEmpty else { return }
        let pushgateway = settings.push.pushgateway
        var next = Intake(settings: pushgateway, outbox: outbox, inPlaceOf: state.intake)
        next.heartbeats = Heartbeats(settings.probes, inPlaceOf: state.intake.heartbeats)
        next.requestLog = RequestLog(next.logger, writesAll: settings.log.access)
        next.configuration = { settings }
        next.admission.limit = pushgateway.limits.inflightSize.bytes
        connections.setLimit(pushgateway.limits.connections)
        await state.adopt(next, ConnectionLimits(pushgateway), Times(settings.shutdown))
    }

    /// Returns once every event loop has come round.
    public func beat() async { await state.beat() }

    /// Waits until the server listens.
    ///
    /// - Returns: where, ports that were given as 0 found out; nothing if it never will.
    public func boundAddresses() async -> [ListenAddress] { await bound.value() }

    /// Serves until graceful shutdown, and returns when the pushes in hand are answered; cancelled, it hurries.
    ///
    /// - Throws: `ListenError`.
    public func run() async throws {
        defer { bound.set([]) }
        // A push costs some 10 µs: four threads carry more than a network brings, and each one more has its own buffers.
        let threads = min(System.coreCount, 4)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        do {
            try await serve(on: group, pool)
        } catch {
            await end(group, pool)
            throw error
        }
        await end(group, pool)
    }

    private func serve(on group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async throws {
        let bootstrap = try await bootstrap(on: group, pool)
        let listeners = try await Listeners(bootstrap, at: addresses, or: sockets, on: group)
        door.watch()
        intake.readiness.phase = .ready
        bound.set(listeners.addresses)
        for address in listeners.addresses {
            intake.logger.info("listening", metadata: ["address": "\(address)"])
        }
        try? await gracefulShutdown()
        intake.readiness.phase = .leaving
        try? await Task.sleep(for: state.times.delay)
        intake.readiness.phase = .draining
        await listeners.close()
        await drain(on: group.next())
    }

    /// Lets the pushes in hand finish; then they are answered as they stand, and then they are cut off.
    private func drain(on eventLoop: any EventLoop) async {
        connections.drain(.began)
        let (connections, times) = (connections, state.times)
        let answered = eventLoop.scheduleTask(in: times.finish) { connections.drain(.ended) }
        let left = eventLoop.scheduleTask(in: times.finish + times.leave) { connections.drain(.cut) }
        await withTaskCancellationHandler {
            await connections.untilEmpty()
        } onCancel: {
            // Not at once: the sender gives up meanwhile, and pushers that wait learn that their pushes are lost.
            eventLoop.scheduleTask(in: times.hurry) { connections.drain(.ended) }
            eventLoop.scheduleTask(in: times.hurry + times.hurry) { connections.close() }
        }
        answered.cancel()
        left.cancel()
    }

    private func end(_ group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async {
        state.forgetShares()
        door.close()
        try? await pool.shutdownGracefully()
        try? await group.shutdownGracefully()
    }
}

extension PushServer.Times {
    /// The times of a configuration.
    init(_ shutdown: Shutdown) {
        delay = shutdown.delay
        // Where the time to drain is short, a moment longer: pushers that wait then learn what became of their pushes.
        finish = min(finish, TimeAmount(shutdown.timeout) + hurry)
    }
}
