import Compression
import Logging
import RemoteWrite
import Settings
import Synchronization
import Telemetry

@testable import Delivery

/// An outbox with a test in the place of the transport: it says when time passes and what destinations answer.
final class Stage {
    let log = LogRecorder()
    let transport = CountingTransport()
    let settlements = Settlements()
    let outbox: Outbox
    var wires: [Wire] = []
    let start = ContinuousClock.now

    init(destinations count: Int = 1, _ change: (inout DestinationSettings) -> Void = { _ in }) {
        let log = log
        let destinations = (0..<count).map { index in
            var settings = DestinationSettings(url: "http://127.0.0.1:9090/write")
            settings.name = count == 1 ? "backend" : "backend-\(index)"
            settings.queue.maxShards = 1
            change(&settings)
            return Destination(
                settings: settings, acknowledgeTimeout: .seconds(5),
                metrics: DestinationMetrics(name: settings.displayName),
                logger: Logger(label: "test") { _ in RecordingHandler(recorder: log) })
        }
        outbox = Outbox(destinations: destinations, transport: transport)
        for destination in destinations {
            wires += destination.shards.indices.map {
                Wire(destination, shard: $0, wallClock: { 1_787_313_601_000 }, random: { 0 })
            }
        }
    }

    var metrics: DestinationMetrics { outbox.destinations[0].metrics }

    /// Offers a push whose bytes are this text; what becomes of it is recorded under the text.
    @discardableResult
    func push(_ text: String, group: UInt64 = 1, samples: Int = 1) throws(Outbox.Refusal) -> Acknowledgement {
        let acknowledgement = settlements.acknowledgement(for: text)
        let time = outbox.receiptTime(group: group, now: 1_000)
        try outbox.offer(
            Array(repeating: .of(text, samples: samples), count: outbox.profiles.count),
            as: Offer(group: group, job: "job-\(text.prefix(8))", receiptTime: time, acknowledgement: acknowledgement))
        return acknowledgement
    }

    /// What a wire sends at this time after the start, decompressed; nil where it sends nothing.
    func send(_ wire: Int = 0, at time: Duration = .zero) -> String? {
        guard case .send(let request) = wires[wire].next(now: start + time) else { return nil }
        return request.text
    }

    func answer(
        _ status: Int, _ message: String = "", wire: Int = 0, at time: Duration = .zero, written: Written? = nil
    ) {
        let response = Response.status(status, message: message, retryAfter: nil, written: written)
        wires[wire].completed(response, now: start + time)
    }

    /// Whether everything that came in is accounted for.
    var isBalanced: Bool {
        outbox.destinations.allSatisfy { destination in
            let metrics = destination.metrics
            let failed = metrics.samplesFailed.values.values.reduce(0, +)
            let settled = metrics.samplesDelivered.value + failed + (metrics.samplesDropped.values["age"] ?? 0)
            return metrics.samplesIn.value == settled + metrics.samplesPending.value
        }
    }

    var holdsNothing: Bool {
        outbox.destinations.allSatisfy { $0.budget.held == 0 && $0.metrics.bytesPending.value == 0 }
    }
}

/// What became of pushes, by their texts, in the order of the settlements.
final class Settlements: Sendable {
    private let settled = Mutex<[(String, Settlement)]>([])

    func acknowledgement(for text: String) -> Acknowledgement {
        Acknowledgement { [self] settlement in settled.withLock { $0.append((text, settlement)) } }
    }

    var order: [String] { settled.withLock { $0.map(\.0) } }

    subscript(text: String) -> [Settlement] {
        settled.withLock { settled in settled.filter { $0.0 == text }.map(\.1) }
    }
}

/// A transport that does nothing, but counts.
final class CountingTransport: Transport {
    private let count = Atomic(0)
    var wakes: Int { count.load(ordering: .relaxed) }
    func wake() { count.wrappingAdd(1, ordering: .relaxed) }
}

/// Log lines: level, message, metadata sorted by key.
final class LogRecorder: Sendable {
    private let recorded = Mutex<[String]>([])
    var lines: [String] { recorded.withLock { $0 } }
    func record(_ line: String) { recorded.withLock { $0.append(line) } }
}

struct RecordingHandler: LogHandler {
    var recorder: LogRecorder
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let pairs = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        recorder.record("\(event.level) \(event.message) \(pairs.joined(separator: " "))")
    }
}

extension EncodedPush {
    static func of(_ text: String, samples: Int = 1) -> EncodedPush {
        var push = EncodedPush()
        push.bytes = Array(text.utf8)
        push.samples = samples
        push.latestTimestamp = 1_000
        return push
    }
}

extension OutboundRequest {
    /// The body decompressed.
    var text: String {
        guard let bytes = try? Snappy.decompress(body.span, limit: 1 << 30) else { return "no snappy block" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
