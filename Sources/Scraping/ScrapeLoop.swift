import Bytes
import Delivery
public import Discovery
import Logging
import Settings
import Telemetry

/// Scrapes targets for as long as it is asked what to do: whom when, what came of it, and whose series have ended.
///
/// One thread has it. Requests for scrapes go to the first client that the fetcher knows.
public final class ScrapeLoop: FetchPlan {
    /// So many scrapes are under way at a time.
    static let mostUnderWay = 256

    /// A target, and what is known of it.
    struct Entry {
        var target: ScrapeTarget
        var memory = SeriesMemory()
        /// When the scrape under way began.
        var begun: (time: Int64, at: ContinuousClock.Instant)?
        /// Whether the last scrape failed; nil: there was none.
        var isDown: Bool?
    }

    private let settings: PushGatewayScrape
    private let limits: Limits
    private let pipeline: ScrapePipeline
    private let metrics: ScrapeMetrics
    private let logger: Logger
    private let wallClock: () -> Int64
    private var schedule: ScrapeSchedule
    private var entries: [Int: Entry] = [:]
    private var numbers: [ScrapeTarget: Int] = [:]
    /// The targets that are gone: when the series of each are ended, unless it comes again.
    private var ending: [Int: ContinuousClock.Instant] = [:]
    private var underWay = 0
    private var lastNumber = 0
    private var orders: [FetchOrder] = []
    /// Until then the queue has no room, and scrapes are skipped.
    private var fullUntil: ContinuousClock.Instant?
    private var finder: TargetFinder

    /// A loop that begins now.
    public init(_ parts: ScrapeParts, now: ContinuousClock.Instant = .now) {
        settings = parts.settings.scrape.pushGateways
        limits = parts.settings.push.pushgateway.limits
        pipeline = ScrapePipeline(parts)
        metrics = parts.metrics.scrape
        logger = parts.logger
        wallClock = parts.wallClock
        schedule = ScrapeSchedule(every: settings.scrapeInterval, from: now)
        finder = TargetFinder(parts, now: now)
        take(finder.targets(), now: now)
    }

    /// What to do now.
    public func next(now: ContinuousClock.Instant) -> FetchOrder {
        // What was given up is given up before it is asked for again.
        if !orders.isEmpty { return orders.removeFirst() }
        if let order = finder.next(now: now) { return order }
        if finder.haveChanged() { take(finder.targets(), now: now) }
        end(ending.filter { $0.value <= now }.keys.sorted(), now: now)
        // One by one: what came of the one before may say that the next is to be skipped.
        while let number = schedule.begin(atMost: min(1, Self.mostUnderWay - underWay), now: now).first {
            begin(number, now: now)
            if !orders.isEmpty { return orders.removeFirst() }
        }
        // Whoever is at work is told of; there may still be others whose time has come.
        let times = Array(ending.values) + [schedule.nextTime, finder.nextTime].compactMap(\.self)
        let soonest = times.min() ?? now + .seconds(3_600)
        return .wait(until: max(soonest, underWay < Self.mostUnderWay ? soonest : now + .milliseconds(100)))
    }

    /// A stream has brought so much more.
    public func received(_ bytes: [UInt8], by id: Int, now: ContinuousClock.Instant) {
        finder.received(bytes, by: id)
    }

    /// A request is over.
    public func finished(_ answer: FetchAnswer, by id: Int, now: ContinuousClock.Instant) {
        guard id >= TargetFinder.requests else { return finder.finished(answer, by: id, now: now) }
        guard var entry = entries[id], let begun = entry.begun else { return }
        entry.begun = nil
        underWay -= 1
        entries[id] = nil
        let occasion = ScrapePipeline.Occasion(
            number: id, target: entry.target, time: begun.time, duration: now - begun.at)
        let result = pipeline.take(answer, on: occasion, after: &entry.memory)
        entries[id] = entry
        conclude(result, on: occasion, now: now)
        schedule.finish(id, now: now)
    }
}

extension ScrapeLoop {
    private func begin(_ number: Int, now: ContinuousClock.Instant) {
        guard let entry = entries[number] else { return }
        if let fullUntil, now < fullUntil {
            metrics.attempts.add(ScrapeFlaw.Kind.queueFull.rawValue)
            return schedule.finish(number, now: now)
        }
        entries[number]?.begun = (wallClock(), now)
        underWay += 1
        var request = FetchRequest(
            url: "\(settings.scheme.rawValue)://\(entry.target.address)\(settings.metricsPath)", client: 0,
            timeout: settings.scrapeTimeout, bodyLimit: limits.bodySize.bytes)
        request.lines = Self.lines(timeout: settings.scrapeTimeout)
        orders.append(.fetch(number, request))
    }

    /// What Prometheus sends: of the formats, the one first that has native histograms and exemplars.
    static func lines(timeout: Duration) -> [String] {
        let formats = [
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6",
            "application/openmetrics-text;version=1.0.0;q=0.5", "application/openmetrics-text;version=0.0.1;q=0.4",
            "text/plain;version=1.0.0;q=0.3", "text/plain;version=0.0.4;q=0.2", "*/*;q=0.1",
        ]
        return [
            "Accept: \(formats.joined(separator: ","))", "Accept-Encoding: gzip",
            "X-Prometheus-Scrape-Timeout-Seconds: \(timeout / .seconds(1))",
        ]
    }

    private func conclude(
        _ result: ScrapePipeline.Result, on occasion: ScrapePipeline.Occasion, now: ContinuousClock.Instant
    ) {
        metrics.attempts.add(result.flaw?.kind.rawValue ?? "ok")
        if let seconds = result.retryAfter { fullUntil = now + .seconds(seconds) }
        metrics.update { status in
            status.targets[occasion.number]?.state = result.flaw == nil ? .up : .down
            status.targets[occasion.number]?.lastScrape = occasion.time
            status.targets[occasion.number]?.duration = occasion.duration
            status.targets[occasion.number]?.error = result.flaw?.reason
            status.targets[occasion.number]?.samples = result.samples
        }
        let isDown = result.flaw != nil
        let wasDown = entries[occasion.number]?.isDown ?? false
        entries[occasion.number]?.isDown = isDown
        guard isDown != wasDown else { return }
        let target: Logger.MetadataValue = "\(occasion.target.address)"
        if let flaw = result.flaw {
            logger.warning(
                "a Pushgateway cannot be scraped",
                metadata: ["target": target, "result": "\(flaw.kind.rawValue)", "reason": "\(flaw.reason)"])
        } else {
            logger.info("a Pushgateway is scraped again", metadata: ["target": target])
        }
    }
}

// Targets come and go.
extension ScrapeLoop {
    /// From now on these are the targets; those that are gone end later, unless they come again.
    private func take(_ targets: [ScrapeTarget], now: ContinuousClock.Instant) {
        let wanted = Set(targets)
        for (number, entry) in entries where ending[number] == nil && !wanted.contains(entry.target) {
            // As long as another replica, or another address, may take to scrape the same series.
            ending[number] = now + settings.scrapeInterval
            if entry.begun != nil {
                orders.append(.cancel(number))
                underWay -= 1
            }
            entries[number]?.begun = nil
            schedule.remove(number)
            metrics.update { $0.targets[number] = nil }
        }
        for target in targets {
            if let number = numbers[target] {
                guard ending.removeValue(forKey: number) != nil else { continue }
                begin(target, as: number, now: now)
            } else {
                lastNumber = max(lastNumber + 1, TargetFinder.requests)
                numbers[target] = lastNumber
                entries[lastNumber] = Entry(target: target)
                begin(target, as: lastNumber, now: now)
            }
        }
    }

    private func begin(_ target: ScrapeTarget, as number: Int, now: ContinuousClock.Instant) {
        schedule.add(number, hash: target.hash, now: now)
        metrics.update {
            $0.targets[number] = .init(address: target.address, labels: target.labels.map { ($0.name, $0.value) })
        }
    }

    /// Ends those whose time has come, many at once where a namespace goes.
    private func end(_ numbers: [Int], now: ContinuousClock.Instant) {
        guard !numbers.isEmpty else { return }
        let ended = Set(numbers)
        let others = entries.lazy.filter { !ended.contains($0.key) }.map(\.value.memory)
        let spared = SeriesMemory.shared(numbers.compactMap { entries[$0]?.memory }, with: others)
        for number in numbers { end(number, sparing: spared, now: now) }
    }

    private func end(_ number: Int, sparing spared: Set<UInt64>, now: ContinuousClock.Instant) {
        guard var entry = entries.removeValue(forKey: number) else { return }
        ending[number] = nil
        let occasion = ScrapePipeline.Occasion(number: number, target: entry.target, time: wallClock())
        // What was never scraped has nothing to end.
        let isOver = entry.isDown == nil || pipeline.end(on: occasion, &entry.memory, sparing: spared)
        guard isOver else {
            ending[number] = now + .seconds(1)
            entries[number] = entry
            return
        }
        numbers[entry.target] = nil
    }
}
