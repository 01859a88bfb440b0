internal import Samples

/// The name of a sample, and what its family asks of it.
struct SampleName: Sendable {
    /// A label that says which bucket or quantile a sample is.
    enum Bound: Sendable {
        case none, le, quantile

        /// The label of families of this type.
        init(_ type: MetricType?) {
            switch type {
            case .summary: self = .quantile
            case .histogram, .gaugeHistogram: self = .le
            default: self = .none
            }
        }

        /// The label's name.
        var label: String? {
            switch self {
            case .none: nil
            case .le: "le"
            case .quantile: "quantile"
            }
        }
    }

    /// Where the name stood first.
    var text = ByteRange.none
    var family = 0
    var role = FamilyTable.Role.own
    /// The label that must be a number.
    var bound = Bound.none
    /// Whether buckets and counts must not be negative.
    var isHistogram = false
}
