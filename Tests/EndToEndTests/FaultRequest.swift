import Compression
import RemoteWrite

/// A sample of the load: its value is a number that no other sample has.
struct FaultSample: Sendable, Hashable {
    /// Where it belongs to: samples of one series are to arrive in their order.
    struct Series: Sendable, Hashable {
        var group = 0
        var part = 0
    }

    /// The metric of the load; what else arrives is not looked at.
    static let metric = "fault_sequence"

    var series = Series()
    var sequence: Int
    /// Milliseconds since the epoch.
    var timestamp: Int64
    var isPoison = false

    /// Reads a series of a request; none where it is not of the load.
    static func samples(of received: ReceivedSeries) -> [FaultSample] {
        var sample = FaultSample(sequence: 0, timestamp: 0)
        var isOfLoad = false
        for label in received.labels {
            switch label.name {
            case "__name__": isOfLoad = label.value == metric
            case "group": sample.series.group = Int(label.value) ?? 0
            case "part": sample.series.part = Int(label.value) ?? 0
            case "poison": sample.isPoison = label.value == "yes"
            default: break
            }
        }
        guard isOfLoad else { return [] }
        return received.samples.map {
            sample.sequence = Int($0.value)
            sample.timestamp = $0.timestamp
            return sample
        }
    }
}

/// A remote-write request as a destination sees it, and what came of it.
struct FaultRequest: Sendable {
    /// 0 for the first that the destination got.
    var number: Int
    /// What it holds, in the order of the request.
    var samples: [FaultSample]
    /// The version of the protocol.
    var version = RemoteWriteVersion.v1
    /// The size of the compressed body.
    var size = 0
    /// The same for the same bytes.
    var fingerprint = 0
    /// `Retry-Attempt`; 0 for the first attempt.
    var attempt = 0
    /// Its path and query.
    var target = ""
    /// All its headers.
    var headers: [Substring] = []
    /// When its first byte was there.
    var began = ContinuousClock.now
    /// When it was answered, in whatever way: just before.
    var ended = ContinuousClock.now
    /// The status that it was answered; nil where it was none.
    var status: Int?

    /// The value of a header; nil where it has none of this name.
    func header(_ name: String) -> String? { FaultMessage(headers: headers).header(name) }

    /// The sequence numbers of its poisoned samples.
    var poison: [Int] { samples.filter(\.isPoison).map(\.sequence) }
}

extension FaultRequest {
    /// Reads a message; nil where it is no remote-write request.
    init?(_ message: FaultMessage, number: Int) {
        guard message.start.hasPrefix("POST "), message.header("Content-Encoding") == "snappy",
            let bytes = try? Snappy.decompress(message.body.span, limit: 256 << 20)
        else { return nil }
        let isSecond = message.header("Content-Type")?.contains(RemoteWriteVersion.v2.message) == true
        guard let received = try? WriteRequestReader.request(bytes, version: isSecond ? .v2 : .v1) else { return nil }
        self.init(number: number, samples: received.series.flatMap(FaultSample.samples))
        version = isSecond ? .v2 : .v1
        size = message.body.count
        fingerprint = message.body.hashValue
        attempt = message.header("Retry-Attempt").flatMap { Int($0) } ?? 0
        target = message.start.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        headers = message.headers
        began = message.began
    }
}
