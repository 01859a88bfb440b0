import Compression
import Delivery
import NIOCore
import Relabeling
import RemoteWrite
import Samples
import Settings
import Telemetry

/// The way of a push from its body to the queue: read this first.
///
/// One event loop or one thread of the pool owns it, and reuses its buffers from push to push.
final class PushPipeline {
    /// What became of a push that is not refused.
    enum Outcome {
        /// It is in the queue of every destination that it has samples for, or of no required one because it has none for
        /// any (contract A7).
        case queued, empty
        /// Nothing: it is too heavy for an event loop, and untouched.
        case tooHeavy
        /// Nothing: a reload has put another outbox in the place of this one.
        case outdated
    }

    let intake: Intake
    let weight: Weight
    let turnEnd: TurnEnd?
    var batch = SampleBatch()
    var decompressor = Decompressor()
    var parsers = Parsers()
    var encoders: [WriteRequestEncoder]
    /// The push for each profile of the outbox.
    var encodings: [EncodedPush]
    /// What each relabelling of the outbox leaves of the push's series.
    var relabeled: [RelabeledSeries]
    /// Whether there is any relabelling.
    let isRelabeling: Bool
    /// What the push takes at most for each profile.
    var sizes: [Int] = []
    /// For each profile the families whose metadata goes with the push.
    var claims: [[Int]] = []
    /// Answered requests, counted by who writes the answers.
    var requests: RememberedCounter<HTTPMetrics.Request>
    private let samplesReceived: FormatCounters
    private let seriesReceived: FormatCounters
    /// How many samples the last push had, once it was read.
    private(set) var samples = 0
    /// The bytes of a body that takes well below a millisecond.
    static let smallBody = 4 << 10
    private var answers = AnswerBytes()
    /// The second since the epoch that answers bear, and when the next one begins.
    private var second: Int64 = 0
    private var nextSecond = NIODeadline.uptimeNanoseconds(0)

    /// A pipeline that carries bodies up to this weight.
    ///
    /// - Parameter turnEnd: until when small pushes may wait for the sender to be woken; nil: they do not.
    init(_ intake: Intake, carrying weight: Weight, until turnEnd: TurnEnd? = nil) {
        self.intake = intake
        self.turnEnd = turnEnd
        self.weight = weight
        requests = RememberedCounter(intake.metrics.http.requests)
        samplesReceived = FormatCounters(intake.metrics.pushes.samplesReceived)
        seriesReceived = FormatCounters(intake.metrics.pushes.seriesReceived)
        encoders = intake.outbox.profiles.map(WriteRequestEncoder.init)
        encodings = encoders.map { _ in EncodedPush() }
        relabeled = intake.outbox.relabelers.map { _ in RelabeledSeries() }
        isRelabeling = intake.outbox.isRelabeling
    }

    /// Takes a push into the queue, whole or not at all (contract B3); never waits.
    func take(
        _ push: PushRequest, body: ByteBuffer, settled acknowledgement: Acknowledgement
    ) throws(PushError) -> Outcome {
        defer { tidy() }
        samples = 0
        if body.readableBytes > Self.smallBody { turnEnd?.come() }
        var permit = intake.admission.permit(beside: body.readableBytes)
        guard try decode(body, push.encoding, within: &permit) else { return .tooHeavy }
        try admitReading(push.format, within: &permit)
        try parse(push)
        try applyTimestampPolicy()
        try checkRepetition(push.format, under: push.grouping)
        if isRelabeling { try grow(&permit, by: batch.series.count * MemoryLayout<SeriesHash>.stride) }
        do throws(BatchError) {
            try batch.canonicalize(under: push.grouping, keepingHashes: isRelabeling)
            try reading { batch throws(BatchError) in
                try batch.check(intake.settings.limits.series, under: push.grouping)
            }
        } catch {
            throw .inconsistentBody(error)
        }
        if let heartbeats = intake.heartbeats { heartbeats.heard(push.grouping, batch, at: intake.wallClock()) }
        samples = batch.samples.count
        let series = batch.series.count
        if intake.settings.pushTimeSeconds { batch.addPushTime() }
        guard batch.series.count > 0 else { return .empty }
        try relabel(under: push.grouping, within: &permit)
        try admitEncoding(under: push.grouping, within: &permit)
        let outcome = try enqueue(push.grouping, acknowledgement)
        guard outcome != .outdated else { return .outdated }
        samplesReceived[push.format].add(samples)
        seriesReceived[push.format].add(series)
        return outcome
    }
}

extension PushPipeline {
    /// Makes ready for the next push; what a giant one swelled is let go.
    private func tidy() {
        let encoded = encodings.reduce(0) { max($0, $1.bytes.capacity) }
        let isSwollen =
            max(batch.arena.capacity, encoded) > keptBytes || relabeled.contains { $0.isSwollen(past: keptBytes) }
        batch.removeAll(keepingCapacityUpTo: keptBytes)
        guard isSwollen else { return }
        parsers = Parsers()
        encoders = intake.outbox.profiles.map(WriteRequestEncoder.init)
        encodings = encoders.map { _ in EncodedPush() }
        relabeled = relabeled.map { _ in RelabeledSeries() }
    }

    /// What each buffer may keep: enough for what an event loop carries, so that a stream of large pushes finds its memory.
    ///
    /// A push that is relabelled takes more: the labels that it came with, and those that it leaves with.
    private var keptBytes: Int { isRelabeling ? 8 << 20 : 4 << 20 }

    /// Lends the batch to be read.
    ///
    /// Not the property itself: what is read of an object while others could change it, the compiler copies, and this is
    /// some twenty arrays to retain.
    func reading<Result, Failure: Error>(
        _ body: (inout SampleBatch) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(&batch)
    }

    /// An answer as HTTP/1.1 writes it, of now; the wall clock is looked at once a second.
    func bytes(
        _ answer: HTTPAnswer, at now: NIODeadline, connection: String? = nil, hasBody: Bool = true
    ) -> ByteBuffer {
        if now >= nextSecond {
            let (second, rest) = intake.wallClock().quotientAndRemainder(dividingBy: 1_000)
            self.second = second
            nextSecond = now + .milliseconds(1_000 - rest)
        }
        return answers.bytes(answer, at: second, connection: connection, hasBody: hasBody)
    }
}
