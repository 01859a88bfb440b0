import NIOHTTP1

/// The format of a body; everything that names no other is Prometheus text (contract B1).
enum ExpositionFormat: String {
    /// Prometheus text 0.0.4, and the quoted names of 1.0.0.
    case text

    /// Tells the format by the `Content-Type` of a request.
    init(_ headers: HTTPHeaders) throws(PushError) {
        guard let type = headers.first(name: "Content-Type") else {
            self = .text
            return
        }
        let essence = type.prefix { $0 != ";" && $0 != "," && $0 != " " && $0 != "\t" }.lowercased()
        switch essence {
        case "application/vnd.google.protobuf", "application/x-protobuf", "application/x-google-protobuf",
            "application/protobuf", "application/openmetrics-text":
            throw .unsupportedFormat(type)
        default: self = .text
        }
    }
}
