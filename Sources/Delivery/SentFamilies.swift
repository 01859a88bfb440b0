import Settings

/// Which families' metadata a destination was told lately, where version 2, which tells it with each series, becomes
/// version 1: pure, given the time.
struct SentFamilies: Sendable {
    /// How many families it knows; while it is full, others' metadata does not go.
    static let limit = 2_000

    private let interval: Duration?
    private var sent: [[UInt8]: ContinuousClock.Instant] = [:]

    /// Metadata goes once in this time; nil: never.
    init(interval: Duration?) { self.interval = interval }

    /// What a configuration says about metadata.
    init(_ metadata: Metadata) { self.init(interval: metadata.send ? metadata.sendInterval : nil) }

    /// Whether the metadata of a family is to go now; it counts as sent then.
    mutating func isDue(_ name: [UInt8], at now: ContinuousClock.Instant) -> Bool {
        guard let interval else { return false }
        if let last = sent[name], now - last < interval { return false }
        if sent[name] == nil, sent.count >= Self.limit {
            sent = sent.filter { now - $0.value < interval }
            guard sent.count < Self.limit else { return false }
        }
        sent[name] = now
        return true
    }
}
