import NIOHTTP1

/// The head of a request: its line, and of its headers those that this server goes by.
struct RequestHead: Sendable, Equatable {
    /// The headers that count.
    enum Field: Int, CaseIterable {
        case connection, expect, prefer, upgrade, authorization, contentEncoding, contentLength, contentType
        case transferEncoding

        /// The name in lower case.
        var name: String {
            switch self {
            case .connection: "connection"
            case .expect: "expect"
            case .prefer: "prefer"
            case .upgrade: "upgrade"
            case .authorization: "authorization"
            case .contentEncoding: "content-encoding"
            case .contentLength: "content-length"
            case .contentType: "content-type"
            case .transferEncoding: "transfer-encoding"
            }
        }
    }

    /// The method, any token (RFC 9110, 9.1).
    var method: HTTPMethod
    /// The target as the request line has it.
    var target: String
    /// 1.0 or 1.1.
    var version = HTTPVersion.http1_1
    /// The values by the raw values of `Field`; nil where the header is not there.
    private var values = [9 of String?](repeating: nil)

    /// A head without headers.
    init(_ method: HTTPMethod, _ target: String, version: HTTPVersion = .http1_1) {
        self.method = method
        self.target = target
        self.version = version
    }

    static func == (one: RequestHead, other: RequestHead) -> Bool {
        one.method == other.method && one.target == other.target && one.version == other.version
            && Field.allCases.allSatisfy { one[$0] == other[$0] }
    }

    /// The value of a header; of one that is there several times the values with commas between (RFC 9110, 5.3).
    subscript(field: Field) -> String? { values[field.rawValue] }

    /// Adds a header.
    mutating func add(_ field: Field, _ value: String) {
        values[field.rawValue] = values[field.rawValue].map { "\($0), \(value)" } ?? value
    }

    /// Whether the sender wishes to send more requests on the connection (RFC 9112, 9.3).
    var isKeepAlive: Bool {
        guard let options = self[.connection]?.lowercased() else { return version == .http1_1 }
        // Nearly always it is one word.
        if options == "close" { return false }
        if options == "keep-alive" { return true }
        let tokens = options.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        if tokens.contains("close") { return false }
        return version == .http1_1 || tokens.contains("keep-alive")
    }
}
