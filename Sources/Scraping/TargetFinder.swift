import Discovery
import Logging
import Settings
import Telemetry

/// The targets that there are, wherever they are known from, as far as they are this replica's.
struct TargetFinder {
    /// Requests of discovery have numbers below this one.
    static let requests = 1 << 20
    /// The API server is the second client that the fetcher knows.
    private static let client = 1

    private let named: [ScrapeTarget]
    private let share: TargetShare
    private let metrics: ScrapeMetrics
    private let logger: Logger
    private var kubernetes: KubernetesEndpoints?
    private var problems: [String: String] = [:]
    private var isChanged = false
    private var random = SystemRandomNumberGenerator()

    init(_ parts: ScrapeParts, now: ContinuousClock.Instant) {
        let settings = parts.settings.scrape.pushGateways
        named = ScrapeTarget.named(in: settings)
        share = parts.share
        metrics = parts.metrics.scrape
        logger = parts.logger
        kubernetes = parts.kubernetes.map {
            KubernetesEndpoints(settings.kubernetes, server: $0.url, job: settings.jobLabel, now: now)
        }
    }

    /// Each target once.
    func targets() -> [ScrapeTarget] {
        var seen: Set<ScrapeTarget> = []
        let known = kubernetes?.targets
        metrics.update { $0.discovered = known?.count }
        let all = named + (known ?? [])
        return all.filter { share.owns($0) && seen.insert($0).inserted }
    }

    /// Whether there may be others than at the last call.
    mutating func haveChanged() -> Bool {
        defer { isChanged = false }
        return isChanged
    }

    /// When there is something to ask for.
    var nextTime: ContinuousClock.Instant? { kubernetes?.nextTime }

    /// What to ask for now.
    mutating func next(now: ContinuousClock.Instant) -> FetchOrder? {
        kubernetes?.next(client: Self.client, now: now).map { .fetch($0.number, $0.request) }
    }

    /// A watch has brought so much more.
    mutating func received(_ bytes: [UInt8], by id: Int) {
        if kubernetes?.received(bytes, by: id) == true { isChanged = true }
        review()
    }

    /// A request is over.
    mutating func finished(_ answer: FetchAnswer, by id: Int, now: ContinuousClock.Instant) {
        var hasFailed = true
        if case .answered(let response) = answer { hasFailed = response.status != 200 }
        if hasFailed { metrics.discoveryFailures.add() }
        let jitter = Double.random(in: 0...1, using: &random)
        if kubernetes?.finished(answer, by: id, jitter: jitter, now: now) == true { isChanged = true }
        review()
    }

    /// Says what is wrong, and what is no more, once.
    private mutating func review() {
        let now = kubernetes?.problems ?? [:]
        guard now != problems else { return }
        for (what, reason) in now.sorted(by: <) where problems[what] != reason {
            logger.warning(
                "Pushgateways cannot be looked for in Kubernetes", metadata: ["what": "\(what)", "reason": "\(reason)"])
        }
        if now.isEmpty { logger.info("Pushgateways are looked for in Kubernetes again") }
        problems = now
        metrics.discoveryFailing.set(now.isEmpty ? 0 : 1)
        metrics.update { $0.problems = now }
    }
}
