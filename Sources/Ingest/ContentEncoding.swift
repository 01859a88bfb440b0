import NIOHTTP1

/// How a body is compressed.
enum ContentEncoding: Equatable {
    /// Not at all.
    case identity
    /// gzip, in one member or several (RFC 1952).
    case gzip

    /// What `Accept-Encoding` of an answer names.
    static let supported = "gzip, identity"

    /// Reads the `Content-Encoding` of a request, names in any case (contract B2).
    init(_ headers: HTTPHeaders) throws(PushError) {
        self = .identity
        for name in headers[canonicalForm: "Content-Encoding"] where !name.isEmpty {
            switch name.lowercased() {
            case "identity": continue
            case "gzip" where self == .identity, "x-gzip" where self == .identity: self = .gzip
            default: throw .unsupportedEncoding(String(name))
            }
        }
    }
}
