/// How many series a push may have, and how large they may be; 0 is no limit (contract L2).
public struct SeriesLimits: Sendable, Equatable {
    /// Series of one push.
    public var seriesPerPush = 0
    /// Labels of a series: its own and the grouping's, without `__name__`.
    public var labelsPerSeries = 0
    /// Bytes of a label's name.
    public var labelNameLength = 0
    /// Bytes of a label's value.
    public var labelValueLength = 0

    /// No limits.
    public init() {}

    /// One of the limits, as its key in the configuration is called.
    public enum Name: String, Sendable {
        case seriesPerPush = "series_per_push"
        case labelsPerSeries = "labels_per_series"
        case labelNameLength = "label_name_length"
        case labelValueLength = "label_value_length"
    }
}

extension SampleBatch {
    /// Checks a canonical batch against limits.
    ///
    /// - Throws: `overLimit`, with the first series that is over one.
    public func check(_ limits: SeriesLimits, under grouping: Grouping) throws(BatchError) {
        guard limits != SeriesLimits() else { return }
        if limits.seriesPerPush > 0, series.count > limits.seriesPerPush {
            throw overLimit(.seriesPerPush, limits.seriesPerPush, series[limits.seriesPerPush])
        }
        // What the URL gives, every series has.
        let fixed = grouping.labels.filter { !$0.value.isEmpty }
        let longest = (name: fixed.map(\.name.count).max() ?? 0, value: fixed.map(\.value.count).max() ?? 0)
        for one in series {
            try check(fixed.count + one.labels.count, .labelsPerSeries, limits.labelsPerSeries, one)
            var (name, value) = longest
            for label in labels[one.labels] {
                name = max(name, Int(label.name.count))
                value = max(value, Int(label.value.count))
            }
            try check(name, .labelNameLength, limits.labelNameLength, one)
            try check(value, .labelValueLength, limits.labelValueLength, one)
        }
    }

    private func check(
        _ number: Int, _ name: SeriesLimits.Name, _ limit: Int, _ series: Series
    ) throws(BatchError) {
        if limit > 0, number > limit { throw overLimit(name, limit, series) }
    }

    private func overLimit(_ name: SeriesLimits.Name, _ limit: Int, _ series: Series) -> BatchError {
        .overLimit(name, limit: limit, series: describe(series))
    }
}
