/// A metric family, as a body describes it.
public struct Family: Sendable {
    /// The family's name.
    public var name: ByteRange
    /// The family's type.
    public var type: MetricType
    /// What its HELP says, without escapes; empty where there is none.
    public var help: ByteRange
    /// Its unit; empty where there is none.
    public var unit: ByteRange

    /// A family of this name and type.
    public init(name: ByteRange, type: MetricType, help: ByteRange = .none, unit: ByteRange = .none) {
        self.name = name
        self.type = type
        self.help = help
        self.unit = unit
    }
}

/// The types of metric families, in the order of remote write 2.0's `Metadata.MetricType`.
public enum MetricType: UInt8, Sendable {
    case unknown, counter, gauge, histogram, gaugeHistogram, summary, info, stateset
}
