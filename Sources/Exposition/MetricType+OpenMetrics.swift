internal import Samples

extension MetricType {
    /// The type of this name in OpenMetrics, which is in lower case.
    init?(openMetrics word: String) {
        switch word {
        case "counter": self = .counter
        case "gauge": self = .gauge
        case "histogram": self = .histogram
        case "gaugehistogram": self = .gaugeHistogram
        case "summary": self = .summary
        case "info": self = .info
        case "stateset": self = .stateset
        case "unknown": self = .unknown
        default: return nil
        }
    }
}
