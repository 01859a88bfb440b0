internal import Samples

/// What stands behind a family's name in the names of its samples.
struct FamilySuffix: Sendable {
    /// The suffix with its underscore.
    let text: String
    /// What samples of such a name are in the family.
    let role: FamilyTable.Role
    /// The types of the families that have it.
    let types: [MetricType]

    private init(_ text: String, _ role: FamilyTable.Role, _ types: MetricType...) {
        self.text = text
        self.role = role
        self.types = types
    }

    /// The suffixes that a dialect knows; a name ends with at most one of them.
    static func known(to dialect: Dialect) -> [FamilySuffix] {
        switch dialect {
        case .prometheus: prometheus
        case .openMetrics: openMetrics
        }
    }

    /// Those of the Pushgateway's parser.
    private static let prometheus = [
        FamilySuffix("_count", .count, .summary, .histogram, .gaugeHistogram),
        FamilySuffix("_sum", .sum, .summary, .histogram, .gaugeHistogram),
        FamilySuffix("_bucket", .bucket, .histogram, .gaugeHistogram),
    ]

    /// Those of the OpenMetrics specification, "Suffixes".
    private static let openMetrics = [
        FamilySuffix("_total", .total, .counter),
        FamilySuffix("_created", .created, .counter, .summary, .histogram),
        FamilySuffix("_count", .count, .summary, .histogram),
        FamilySuffix("_sum", .sum, .summary, .histogram),
        FamilySuffix("_bucket", .bucket, .histogram, .gaugeHistogram),
        FamilySuffix("_gcount", .count, .gaugeHistogram),
        FamilySuffix("_gsum", .sum, .gaugeHistogram),
        FamilySuffix("_info", .info, .info),
    ]
}
