/// A name and its value: a header, or a parameter of a request.
public struct Header: Sendable, Hashable {
    /// The name, as it was written.
    public var name: String
    /// The value, which may be a secret.
    public var value: Secret

    /// A name and its value.
    public init(_ name: String, _ value: Secret) {
        self.name = name
        self.value = value
    }
}

/// An entry of `remote_write.http_headers` or `proxy_connect_header`: a header that may be there several times.
public struct HeaderGroup: Sendable, Hashable {
    /// The name, as it was written.
    public var name: String
    /// Its values.
    public var values: [String] = []
    /// Further values, which are secret.
    public var secrets: [Secret] = []
    /// Files that hold further values.
    public var files: [String] = []

    /// A header without a value yet.
    public init(_ name: String) { self.name = name }
}

/// What HTTP says of header names and values (RFC 9110, section 5), and which ones are not for users.
enum HeaderRules {
    /// The headers that a user may not set, in lower case (specification, section "Protocol", and Prometheus).
    static let reserved: Set<String> = [
        "host", "content-encoding", "content-length", "content-type", "user-agent", "connection", "keep-alive",
        "proxy-authenticate", "proxy-authorization", "www-authenticate", "accept-encoding", "transfer-encoding",
        "expect", "retry-attempt", "x-prometheus-remote-write-version", "x-prometheus-remote-read-version",
        "x-prometheus-scrape-timeout-seconds", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
    ]

    /// Whether a text is a token.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}

extension String {
    /// Whether the text can stand in a header: no end of a line, no other control character but the tab.
    package var isHeaderValue: Bool { utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 } }
}
