import Bytes
import Delivery
import Discovery
import Relabeling
import RemoteWrite
import Samples
import Settings
import Telemetry

/// The way of a scrape from its answer to the queue: read this first.
///
/// One thread owns it. What is scraped goes the way of a push (parse, relabel, encode, offer), with the labels of its
/// target in the place of a URL's, what Prometheus says of a scrape (`up` and its like), and markers for series that ended.
final class ScrapePipeline {
    /// What came of a scrape.
    struct Result {
        /// Why it brought nothing, where it did not.
        var flaw: ScrapeFlaw?
        /// Samples as they were scraped.
        var samples = 0
        /// Seconds until the queue may have room again, where it had none.
        var retryAfter: Int?
    }

    /// What is scraped, and when.
    struct Occasion {
        /// The number that the target is known by.
        var number: Int
        var target: ScrapeTarget
        /// When the scrape began, in ms since the epoch: the time of its samples.
        var time: Int64
        /// How long it took until the answer was there.
        var duration = Duration.zero
    }

    /// Where scrapes go, until a reload puts another one in its place, and what is kept for each of its profiles.
    private(set) var outbox: Outbox
    private(set) var metadata: [MetadataTable?] = []
    var encoders: [WriteRequestEncoder] = []
    var encodings: [EncodedPush] = []
    var relabeled: [RelabeledSeries] = []
    var batch = SampleBatch()
    private var reader: BodyReader
    private let filter: NameFilter
    private let metrics: ScrapeMetrics
    private let current: CurrentOutbox
    private var budget: MemoryBudget

    /// A pipeline into the outbox.
    init(_ parts: ScrapeParts) {
        current = parts.outbox
        outbox = current.value
        metrics = parts.metrics.scrape
        filter = parts.filter
        reader = BodyReader(parts.settings.push.pushgateway)
        budget = MemoryBudget(limit: parts.settings.scrape.pushGateways.maxCacheSize, metrics)
        makeReady()
    }

    /// Takes over the outbox that a reload has put in force; one comparison where there was none.
    func followReload() {
        let now = current.value
        guard now !== outbox else { return }
        outbox = now
        makeReady()
    }

    private func makeReady() {
        metadata = outbox.profiles.map { MetadataTable($0.metadata) }
        encoders = outbox.profiles.map(WriteRequestEncoder.init)
        encodings = encoders.map { _ in EncodedPush() }
        relabeled = outbox.relabelers.map { _ in RelabeledSeries() }
    }

    /// Takes a scrape into the queue, whole or not at all.
    func take(_ answer: FetchAnswer, on occasion: Occasion, after memory: inout SeriesMemory) -> Result {
        defer { tidy() }
        var (result, next) = (Result(), SeriesMemory())
        var kept = 0
        do throws(ScrapeFlaw) {
            guard case .answered(let response) = answer else {
                guard case .failed(let failure, let reason) = answer else { return result }
                throw ScrapeFlaw(failure, because: reason)
            }
            let body = try ScrapeBody(response)
            try reader.decode(body, into: &batch)
            let packed = body.packed(batch.arena)
            result.samples = try read(body.format, for: occasion.target)
            kept = batch.scrapedSamples
            next = SeriesMemory(batch.seriesHashes(), body: packed)
        } catch {
            batch.removeAll()
            result = Result(flaw: error)
        }
        let change = memory.change(to: next.hashes)
        let markers = mark(memory, of: occasion.target) { change.ended.contains($0) }
        report(result, kept: kept, begun: change.begun, on: occasion)
        guard offer(on: occasion, to: &result) else { return result }
        metrics.staleMarkers.add(markers)
        if result.flaw == nil {
            budget.replace(&memory, of: occasion.number, with: next)
            metrics.samples.add(kept)
        } else {
            memory.mark()
        }
        return result
    }

    /// Ends a target: markers for its series, but for those that others have too, and for what was said of its scrapes.
    ///
    /// - Parameter spared: the hashes of series that go on elsewhere.
    /// - Returns: false where the queue has no room, and it is to be tried again.
    func end(on occasion: Occasion, _ memory: inout SeriesMemory, sparing spared: Set<UInt64>) -> Bool {
        defer { tidy() }
        var result = Result()
        let ended = Set(memory.isMarked ? [] : memory.hashes.filter { $0 & 1 == 1 && !spared.contains($0) })
        let markers = mark(memory, of: occasion.target) { ended.contains($0) }
        let labels = Self.labels(of: occasion.target)
        for name in Self.reportNames { batch.append(name, SampleBatch.stale, labels: labels) }
        guard offer(on: occasion, to: &result) else { return false }
        metrics.staleMarkers.add(markers + Self.reportNames.count)
        budget.replace(&memory, of: occasion.number, with: SeriesMemory())
        return true
    }

    /// Makes a canonical batch of what stands in the arena.
    ///
    /// - Returns: how many samples were scraped, those that are not kept among them.
    private func read(_ format: ScrapeBody.Format, for target: ScrapeTarget) throws(ScrapeFlaw) -> Int {
        try reader.parse(format, &batch)
        let samples = batch.scrapedSamples
        batch.keep(where: filter.keeps)
        batch.attach(Self.labels(of: target))
        let grouping = Grouping(hash: target.hash)
        // Texts may stand in it once, and again in each series of a histogram: comparing those takes hours.
        let hashes = batch.series.count * MemoryLayout<SeriesHash>.stride
        try reader.check(WriteRequestEncoder.largestSize(of: batch, under: grouping) + hashes)
        do throws(BatchError) {
            try batch.canonicalize(under: grouping, keepingHashes: outbox.isRelabeling)
        } catch {
            throw ScrapeFlaw(.body, "the body cannot be taken: \(error)")
        }
        return samples
    }

    /// Adds markers for series of the last scrape.
    ///
    /// - Returns: how many.
    private func mark(_ memory: SeriesMemory, of target: ScrapeTarget, where isEnded: (UInt64) -> Bool) -> Int {
        guard let body = memory.body, memory.hashes.contains(where: isEnded) else { return 0 }
        var (last, now) = (SampleBatch(), SampleBatch())
        swap(&batch, &now)
        let isRead = (try? reader.decode(body, into: &batch)) != nil && (try? read(body.format, for: target)) != nil
        swap(&batch, &last)
        swap(&batch, &now)
        // It was read before, so that it can be read again.
        guard isRead else { return 0 }
        let ended = zip(0..., last.seriesHashes()).filter { isEnded($0.1) }.map(\.0)
        batch.appendStale(ended, of: last)
        return ended.count
    }

    private static let reportNames = [
        "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
        "scrape_series_added",
    ]

    /// Adds what Prometheus says of a scrape.
    private func report(_ result: Result, kept: Int, begun: Int, on occasion: Occasion) {
        let seconds = occasion.duration / .seconds(1)
        let values = [result.flaw == nil ? 1 : 0, seconds, Double(result.samples), Double(kept), Double(begun)]
        let labels = Self.labels(of: occasion.target)
        for (name, value) in zip(Self.reportNames, values) { batch.append(name, value, labels: labels) }
    }

    private static func labels(of target: ScrapeTarget) -> [Grouping.Label] {
        target.labels.map { Grouping.Label(name: Array($0.name.utf8), value: Array($0.value.utf8)) }
    }

    /// Makes ready for the next scrape; what a giant one swelled is let go.
    private func tidy() {
        batch.removeAll()
        let kept = 8 << 20
        let isSwollen =
            encodings.contains { $0.bytes.capacity > kept } || relabeled.contains { $0.isSwollen(past: kept) }
        guard isSwollen else { return }
        encoders = outbox.profiles.map(WriteRequestEncoder.init)
        encodings = encoders.map { _ in EncodedPush() }
        relabeled = relabeled.map { _ in RelabeledSeries() }
    }
}
