import Compression
import Delivery
import Dispatch
import Logging
import Relabeling
import RemoteWrite
import Settings
import Synchronization
import Telemetry

@testable import Ingest

/// A real outbox whose destinations answer as they are told; mostly there is one.
final class Bench: Sendable {
    let metrics: Metrics
    let destination: Destination
    let outbox: Outbox
    let far: FarSide
    let intake: Intake
    let log: LogLines

    /// `http_requests_total`, where it is not 0.
    var answered: [HTTPMetrics.Request: Int] { metrics.http.requests.values.filter { $0.value > 0 } }

    /// `push_errors_total`, where it is not 0.
    var refused: [String: Int] { metrics.pushes.errors.values.filter { $0.value > 0 } }

    /// A bench whose pushes carry no time of their own, and whose destination is sent neither exemplars nor native
    /// histograms, unless that is asked for.
    init(
        _ settings: Pushgateway = Pushgateway(), far: FarSide = FarSide(), queue: Queue = Queue(),
        pushTime: Bool = false, everything: Bool = false, names: [String] = ["far"],
        door: Door? = nil, configure: (inout Settings) -> Void = { _ in }
    ) {
        var settings = settings
        settings.pushTimeSeconds = pushTime
        let log = LogLines()
        let logger = Logger(label: "test") { _ in log }
        metrics = Metrics(
            build: BuildInfo(version: "1", swiftVersion: "2", revision: "3"), destinations: names)
        var all = Settings()
        all.push.pushgateway = settings
        all.remoteWrite = names.map { name in
            var settings = DestinationSettings(url: "http://far.test/write")
            settings.name = name
            settings.queue = queue
            settings.sendExemplars = everything
            settings.sendNativeHistograms = everything
            return settings
        }
        configure(&all)
        settings = all.push.pushgateway
        let destinations = zip(all.remoteWrite, metrics.destinations).map { settings, metrics in
            Destination(
                settings: settings, acknowledgeTimeout: .seconds(5), metrics: metrics,
                logger: Logger(label: "delivery") { _ in LogLines() })
        }
        destination = destinations[0]
        outbox = Outbox(
            destinations: destinations, transport: far, relabelings: (try? Relabelings(all)) ?? Relabelings())
        far.serve(destinations.map { $0.makeWires() })
        self.far = far
        self.log = log
        var intake = Intake(settings: settings, outbox: outbox, metrics: metrics, logger: logger)
        intake.requestLog = RequestLog(logger, writesAll: all.log.access)
        intake.wallClock = { 1_700_000_000_000 }
        intake.readiness.phase = .ready
        if let door { intake.door = door }
        self.intake = intake
    }
}

/// What stands in for transport and destination.
final class FarSide: Transport {
    /// When requests are answered.
    enum Pace {
        /// When `answer` is called.
        case asTold
        /// Within the call that queues the push.
        case atOnce
        /// Soon, on another thread.
        case soon
    }

    private struct State {
        var wires: [Wire] = []
        /// Whose they are.
        var owners: [Int] = []
        var lines: [String] = []
        var families: [[String]] = []
        var series: [ReceivedSeries] = []
        var requests = 0

        mutating func store(_ body: [UInt8]) {
            do {
                let bytes = try Snappy.decompress(body.span, limit: 1 << 28)
                let request = try WriteRequestReader.request(bytes, version: .v1)
                series += request.series
                lines += request.series.map { String($0.expositionLines.dropLast()) }
                families.append(request.families.map { "\($0.name) \($0.metadata.type) \($0.metadata.help)" })
            } catch {
                lines.append("unreadable: \(error)")
            }
        }
    }

    private let pace: Pace
    private let response: Response
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "far side")

    init(_ pace: Pace = .atOnce, _ response: Response = .status(204, message: "", retryAfter: nil)) {
        self.pace = pace
        self.response = response
    }

    /// What was stored, as exposition lines with timestamps, in the order of arrival.
    var lines: [String] { state.withLock(\.lines) }

    /// What was said of families, `name type help`, request by request.
    var families: [[String]] { state.withLock(\.families) }

    /// The series that were stored since the last call.
    func takeSeries() -> [ReceivedSeries] {
        state.withLock { state in
            defer { state.series = [] }
            return state.series
        }
    }

    /// How many requests came.
    var requests: Int { state.withLock(\.requests) }

    /// Takes the wires of each destination.
    func serve(_ wires: [[Wire]]) {
        state.withLock { state in
            state.wires = wires.flatMap { $0 }
            state.owners = wires.indices.flatMap { index in wires[index].map { _ in index } }
        }
    }

    func wake() {
        switch pace {
        case .asTold: break
        case .atOnce: answer(response)
        case .soon: queue.async { self.answer(self.response) }
        }
    }

    /// Answers all there is to be sent, to all destinations or to one.
    func answer(_ response: Response, at now: ContinuousClock.Instant = .now, by destination: Int? = nil) {
        state.withLock { state in
            for index in state.wires.indices where destination ?? state.owners[index] == state.owners[index] {
                while case .send(let request) = state.wires[index].next(now: now) {
                    state.requests += 1
                    if case .status(200..<300, _, _, _) = response { state.store(request.body) }
                    state.wires[index].completed(response, now: now)
                }
            }
        }
    }

    /// Ends with what is not delivered.
    func abandon() {
        state.withLock { state in
            for index in state.wires.indices { _ = state.wires[index].abandon(now: .now) }
        }
    }
}

/// A logger's lines.
final class LogLines: LogHandler {
    private let lines = Mutex<[String]>([])

    /// `message key=value ...`, keys sorted.
    var text: [String] { lines.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
        lines.withLock { $0.append("\(event.message)" + metadata.joined()) }
    }
}
