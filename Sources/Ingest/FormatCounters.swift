import Telemetry

/// The counters of a family that is labelled with the format of a push: to look one up costs as much as some lines of a body.
struct FormatCounters: Sendable {
    private let text: Counter
    private let openMetrics: Counter
    private let protobuf: Counter

    init(_ family: CounterFamily<String>) {
        text = family.counter(ExpositionFormat.text.rawValue)
        openMetrics = family.counter(ExpositionFormat.openMetrics.rawValue)
        protobuf = family.counter(ExpositionFormat.protobuf.rawValue)
    }

    subscript(format: ExpositionFormat) -> Counter {
        switch format {
        case .text: text
        case .openMetrics: openMetrics
        case .protobuf: protobuf
        }
    }
}
