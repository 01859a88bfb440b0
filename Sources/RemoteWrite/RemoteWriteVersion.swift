/// The versions of the remote-write protocol, each with its own protobuf message.
public enum RemoteWriteVersion: Sendable, Equatable, CaseIterable {
    /// Version 1: `prometheus.WriteRequest`.
    case v1
    /// Version 2: `io.prometheus.write.v2.Request`.
    case v2

    /// The full name of the protobuf message, as `proto=` in a Content-Type has it.
    public var message: String {
        switch self {
        case .v1: "prometheus.WriteRequest"
        case .v2: "io.prometheus.write.v2.Request"
        }
    }
}

extension RemoteWriteVersion {
    /// The field of a series in the message.
    var seriesField: Int { self == .v1 ? 1 : 5 }
    /// The field of native histograms in a TimeSeries; that of samples is 2 in both.
    var histogramField: Int { self == .v1 ? 4 : 3 }
    /// The field of exemplars in a TimeSeries.
    var exemplarField: Int { self == .v1 ? 3 : 4 }
}
