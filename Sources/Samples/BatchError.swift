/// Why the samples of a push cannot be sent together.
public enum BatchError: Error, Equatable, Sendable {
    /// A series, as exposition text writes it, is there twice at one time (contract B5).
    case duplicateSeries(String)
    /// A series has a label of its own whose name is reserved (contract B6).
    case reservedLabel(name: String, series: String)
    /// A series, as exposition text writes it, is the first that is over a limit (contract L2).
    case overLimit(SeriesLimits.Name, limit: Int, series: String)
}

extension BatchError: CustomStringConvertible {
    /// The sentence for whoever pushed, with the Pushgateway's beginning.
    public var description: String {
        let inconsistent = "pushed metrics are invalid or inconsistent with existing metrics:"
        return switch self {
        case .duplicateSeries(let series):
            "\(inconsistent) \(series) was collected before with the same name, label values and time"
        case .reservedLabel(let name, let series):
            "\(inconsistent) \(series) has the label name \"\(name)\", and names beginning with \"__\" are reserved"
        case .overLimit(let name, let limit, let series):
            "pushed metrics are over limits.\(name.rawValue), \(limit): \(series)"
        }
    }
}
