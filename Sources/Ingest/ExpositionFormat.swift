/// The format of a body; everything that names no other is Prometheus text (contract B1).
enum ExpositionFormat: String {
    /// Prometheus text 0.0.4, and the quoted names of 1.0.0.
    case text
    /// OpenMetrics 1.0, whatever version is named.
    case openMetrics = "openmetrics"
    /// `io.prometheus.client.MetricFamily` messages, each behind its length.
    case protobuf

    /// Tells the format by the `Content-Type` of a request, if it has one.
    init(_ type: String?) throws(PushError) {
        // What most clients send needs no look at parameters.
        guard let type, !type.utf8.starts(with: "text/plain".utf8) else {
            self = .text
            return
        }
        let media = MediaType(type)
        switch media.essence {
        case "application/openmetrics-text": self = .openMetrics
        case "application/vnd.google.protobuf":
            guard media.parameters["proto"] == "io.prometheus.client.MetricFamily",
                media.parameters["encoding"]?.lowercased() == "delimited"
            else { throw .unsupportedFormat(type) }
            self = .protobuf
        case "application/x-protobuf", "application/x-google-protobuf", "application/protobuf":
            throw .unsupportedFormat(type)
        default: self = .text
        }
    }
}
