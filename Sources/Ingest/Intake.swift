import Bytes
import Delivery
import Logging
import NIOHTTP1
import RemoteWrite
import Samples
import Settings
import Telemetry

/// What all connections share.
struct Intake: Sendable {
    /// How pushes come in.
    let settings: Pushgateway
    /// Where they go.
    let outbox: Outbox
    /// What is counted.
    let metrics: Metrics
    /// Where refusals are written.
    let logger: Logger
    /// Which path is what.
    let routes: RouteTable
    /// What is held in memory.
    let admission: Admission
    /// Whether pushes are taken.
    let readiness: Readiness
    /// What requests may ask of the process.
    let lifecycle: Lifecycle
    /// What the status page shows of the last pushes.
    let journals: Journals
    /// What the log tells of requests.
    var requestLog: RequestLog
    /// The services whose heartbeats are watched; nil where there are none.
    var heartbeats: Heartbeats? {
        didSet { showProbes() }
    }
    /// For each profile of the outbox, which metadata has gone lately; nil where none goes.
    let metadata: [MetadataTable?]
    /// Who comes in.
    var door = Door()
    /// The configuration in force, for the status page.
    var configuration: @Sendable () -> Settings = { Settings() }
    /// The wall clock, in ms since the epoch.
    var wallClock: @Sendable () -> Int64 = WallClock.milliseconds

    init(settings: Pushgateway, outbox: Outbox, metrics: Metrics, logger: Logger) {
        self.settings = settings
        self.outbox = outbox
        self.metrics = metrics
        requestLog = RequestLog(logger)
        self.logger = logger
        routes = RouteTable(settings)
        metadata = outbox.profiles.map { MetadataTable($0.metadata) }
        admission = Admission(limit: settings.limits.inflightSize.bytes)
        readiness = Readiness()
        lifecycle = Lifecycle()
        journals = Journals()
    }

    /// What takes the place of another one: it goes on with what is in hand.
    init(settings: Pushgateway, outbox: Outbox, inPlaceOf other: Intake) {
        self.settings = settings
        self.outbox = outbox
        metrics = other.metrics
        logger = other.logger
        routes = RouteTable(settings)
        metadata = outbox.profiles.map { MetadataTable($0.metadata) }
        admission = other.admission
        readiness = other.readiness
        lifecycle = other.lifecycle
        journals = other.journals
        requestLog = other.requestLog
        door = other.door
        wallClock = other.wallClock
    }

    /// What is done about a request for this target.
    func plan(_ target: Target, _ head: RequestHead) -> RequestPlan {
        do throws(PushError) {
            switch target.route {
            case .push: return try push(target, head)
            case .metrics(let isPushRoot):
                if isPushRoot, head.method == .POST || head.method == .PUT { throw .jobRequired }
                return try page(head, isPushRoot ? .pageAndPush : .page) { .metrics(metrics.page()) }
            case .statusPage:
                // A pusher that has the wrong address, and is better told the right one than what is allowed here.
                if head.method == .POST || head.method == .PUT {
                    throw .noRoute(.nothing, pushRoot: routes.pushRoot)
                }
                return try page(head, .page) { .page(statusFacts) }
            case .statusDocument: return try page(head, .page) { .document(statusFacts) }
            case .healthy: return try page(head, .page) { .line("OK") }
            case .ready: return try page(head, .page) { readiness.answer(now: .now) }
            case .probe(let service):
                let start = ContinuousClock.now
                return try page(head, .page) { () throws(PushError) in
                    try Heartbeats.page(of: service, heartbeats, now: wallClock(), since: start)
                }
            case .lifecycle(let command):
                guard head.method == .POST || head.method == .PUT else { throw .methodNotAllowed(allow: .command) }
                guard lifecycle.isEnabled else { throw .lifecycleDisabled }
                return .command(command)
            case .unknown(let guess): throw .noRoute(guess, pushRoot: routes.pushRoot)
            }
        } catch {
            return .refuse(error)
        }
    }

    private func push(_ target: Target, _ head: RequestHead) throws(PushError) -> RequestPlan {
        switch head.method {
        case .POST, .PUT:
            let grouping = try target.grouping.get()
            let encoding = try ContentEncoding(head[.contentEncoding])
            let format = try ExpositionFormat(head[.contentType])
            return .push(
                PushRequest(
                    grouping: grouping, encoding: encoding, format: format, contentType: head[.contentType],
                    preference: Preference(head[.prefer])))
        case .OPTIONS: return .answer(.options(.push))
        default: throw .methodNotAllowed(allow: .push)
        }
    }

    private func page(
        _ head: RequestHead, _ allow: AllowedMethods, _ page: () throws(PushError) -> HTTPAnswer
    ) throws(PushError) -> RequestPlan {
        switch head.method {
        case .GET, .HEAD: return .answer(try page())
        case .OPTIONS: return .answer(.options(allow))
        default: throw .methodNotAllowed(allow: allow)
        }
    }
}
