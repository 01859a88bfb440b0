import Samples
import Settings

extension Limits {
    /// The limits that a batch is checked against (contract L2).
    var series: SeriesLimits {
        var limits = SeriesLimits()
        limits.seriesPerPush = seriesPerPush
        limits.labelsPerSeries = labelsPerSeries
        limits.labelNameLength = labelNameLength
        limits.labelValueLength = labelValueLength
        return limits
    }
}
