import NIOHTTP1

/// The head of a request: its line, and of its headers those that this server goes by.
///
/// Copies share what was read: it is handed on several times a request, and would be a dozen texts to retain each time.
struct RequestHead: Equatable {
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

    private final class Lines {
        let method: HTTPMethod
        let target: String
        let version: HTTPVersion
        /// By the raw values of `Field`; nil where the header is not there.
        var values = [9 of String?](repeating: nil)

        init(_ method: HTTPMethod, _ target: String, _ version: HTTPVersion) {
            (self.method, self.target, self.version) = (method, target, version)
        }
    }

    private let lines: Lines

    /// The length of the body, where the head gives it: in place of a value of `contentLength`.
    var contentLength: Int?

    /// A head without headers.
    init(_ method: HTTPMethod, _ target: String, version: HTTPVersion = .http1_1) {
        lines = Lines(method, target, version)
    }

    /// The method, any token (RFC 9110, 9.1).
    var method: HTTPMethod { lines.method }
    /// The target as the request line has it.
    var target: String { lines.target }
    /// 1.0 or 1.1.
    var version: HTTPVersion { lines.version }

    static func == (one: RequestHead, other: RequestHead) -> Bool {
        one.method == other.method && one.target == other.target && one.version == other.version
            && one.contentLength == other.contentLength && Field.allCases.allSatisfy { one[$0] == other[$0] }
    }

    /// Whether both are one head that was read once, the lengths of the bodies apart.
    func repeats(_ other: RequestHead) -> Bool { lines === other.lines }

    /// The value of a header; of one that is there several times the values with commas between (RFC 9110, 5.3).
    subscript(field: Field) -> String? { lines.values[field.rawValue] }

    /// Adds a header, to all copies; for who reads the head.
    func add(_ field: Field, _ value: String) {
        lines.values[field.rawValue] = lines.values[field.rawValue].map { "\($0), \(value)" } ?? value
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
