/// The two text formats that a body of lines can be in.
public enum Dialect: Sendable {
    /// The Prometheus text format, 0.0.4 and the quoted names of 1.0.0.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics
}
