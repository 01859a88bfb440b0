import Telemetry

/// How much may be remembered of all targets together (`max_cache_size`).
struct MemoryBudget {
    /// Beside the number of series, their bytes are bounded, for labels may be of any length.
    private static let bytesASeries = 512

    private let limit: Int
    private let metrics: ScrapeMetrics
    private var (series, bytes, missed) = (0, 0, 0)
    /// How many series of a target there is no room for.
    private var missing: [Int: Int] = [:]

    init(limit: Int, _ metrics: ScrapeMetrics) {
        self.limit = limit
        self.metrics = metrics
    }

    /// Puts one memory in the place of another, or an empty one where there is no room.
    mutating func replace(_ old: inout SeriesMemory, of target: Int, with new: SeriesMemory) {
        series -= old.count
        bytes -= old.size
        missed -= missing.removeValue(forKey: target) ?? 0
        let fits = series + new.count <= limit && bytes + new.size <= limit * Self.bytesASeries
        old = fits ? new : SeriesMemory()
        if !fits { missing[target] = new.count }
        series += old.count
        bytes += old.size
        missed += fits ? 0 : new.count
        metrics.remembered.set(series)
        metrics.notRemembered.set(missed)
    }
}
