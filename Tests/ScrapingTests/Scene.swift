import Compression
import Delivery
import Discovery
import Logging
import RemoteWrite
import Relabeling
import Settings
import Synchronization
import Telemetry

@testable import Scraping

/// A scrape loop whose fetches and destination are the test's: it says when time passes and what is answered.
final class Scene {
    let metrics: Metrics
    let outbox: Outbox
    let current: CurrentOutbox
    let log = LogLines()
    let start = ContinuousClock.now
    let parts: ScrapeParts
    private var wires: [Wire]

    /// The wall clock at the start, in ms.
    static let wallClock: Int64 = 1_700_000_000_000

    init(_ change: (inout Settings) -> Void = { _ in }) throws {
        var settings = Settings()
        var destination = DestinationSettings(url: "http://far.test/write")
        destination.name = "far"
        destination.queue.maxShards = 1
        destination.metadata.send = false
        settings.remoteWrite = [destination]
        change(&settings)
        metrics = Metrics(build: BuildInfo(version: "1", swiftVersion: "2", revision: "3"), destinations: ["far"])
        let far = Destination(
            settings: settings.remoteWrite[0], acknowledgeTimeout: .seconds(5), metrics: metrics.destinations[0],
            logger: Logger(label: "delivery") { _ in SwiftLogNoOpLogHandler() })
        outbox = Outbox(destinations: [far], transport: Nobody(), relabelings: try Relabelings(settings))
        current = CurrentOutbox(outbox)
        wires = far.makeWires()
        let log = log
        var parts = try ScrapeParts(
            settings, outbox: current, metrics: metrics, logger: Logger(label: "test") { _ in log })
        parts.wallClock = { Self.wallClock }
        self.parts = parts
    }

    /// What the destination is sent, each sample as `name{label="value"} value @ms` with `stale` for a marker; it stores all.
    func delivered() throws -> [String] {
        var lines: [String] = []
        for index in wires.indices {
            while case .send(let request) = wires[index].next(now: .now) {
                let bytes = try Snappy.decompress(request.body.span, limit: 64 << 20)
                lines += try WriteRequestReader.read(bytes, version: .v1).flatMap(Self.lines)
                wires[index].completed(.status(204, message: "", retryAfter: nil, written: nil), now: .now)
            }
        }
        return lines
    }

    private static func lines(_ series: ReceivedSeries) -> [String] {
        let labels = series.labels.filter { $0.name != "__name__" }.map { "\($0.name)=\"\($0.value)\"" }
        let name = series.name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}")
        let stale: UInt64 = 0x7ff0_0000_0000_0002
        let numbers = series.samples.map { sample in
            "\(name) \(sample.value.bitPattern == stale ? "stale" : "\(sample.value)") @\(sample.timestamp - wallClock)"
        }
        return numbers
            + series.histograms.map {
                "\(name) histogram\($0.sum.bitPattern == stale ? " stale" : "") @\($0.timestamp - wallClock)"
            }
    }

    private struct Nobody: Transport {
        func wake() {}
    }
}

/// The lines of a log: message and metadata.
final class LogLines: LogHandler, Sendable {
    private let all = Mutex<[String]>([])
    var lines: [String] { all.withLock { $0 } }

    func log(event: LogEvent) {
        let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        all.withLock { $0.append("\(event.message)\(metadata)") }
    }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
}
