import Compression

/// How a body is compressed.
struct ContentEncoding: Equatable {
    /// The codings, in the order in which they were applied; none where the body is as it is.
    private(set) var codings: [ContentCoding] = []

    /// Not at all.
    static let identity = ContentEncoding()
    /// gzip, in one member or several (RFC 1952).
    static let gzip = ContentEncoding(codings: [.gzip])

    /// What `Accept-Encoding` of an answer names.
    static let supported = "gzip, deflate, snappy, zstd, identity"

    /// How many codings may lie over each other.
    private static let most = 4

    /// These codings, in the order in which they were applied.
    init(codings: [ContentCoding] = []) { self.codings = codings }

    /// Reads the `Content-Encoding` of a request, a list of names in any case (contract B2).
    init(_ list: String?) throws(PushError) {
        guard let list, list != "gzip" else {
            codings = list == nil ? [] : [.gzip]
            return
        }
        let names = list.split(separator: ",").map { $0.trimming { $0 == " " || $0 == "\t" } }
        for name in names where !name.isEmpty {
            switch name.lowercased() {
            case "identity": continue
            case "gzip", "x-gzip": codings.append(.gzip)
            case "deflate": codings.append(.deflate)
            case "snappy": codings.append(.snappy)
            case "zstd": codings.append(.zstd)
            default: throw .unsupportedEncoding(String(name))
            }
        }
        guard codings.count <= Self.most else { throw .unsupportedEncoding(names.joined(separator: ", ")) }
    }
}
