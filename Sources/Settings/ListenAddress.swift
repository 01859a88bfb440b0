/// Where a server listens.
public enum ListenAddress: Sendable, Hashable {
    /// A host (a name, an IPv4 address, or an IPv6 address without brackets) and a port; 0 lets the system choose one.
    case tcp(host: String, port: Int)
    /// A Unix domain socket.
    case unix(path: String)

    /// All interfaces, port 3030.
    public static let `default` = ListenAddress.tcp(host: "0.0.0.0", port: 3030)
}

extension ListenAddress {
    /// An address as it is configured: `host:port`, `[::1]:port`, `:port` for all IPv4 interfaces, `unix:/path`.
    ///
    /// - Throws: what is wrong with it.
    public init(parsing text: String) throws(SettingsError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            // sun_path has 108 bytes, the last one zero.
            guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0)
            else { throw .notAnAddress(text, .socketPath) }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else { throw .notAnAddress(text, .portMissing) }
        let host = try Self.host(text[..<colon], of: text)
        self = .tcp(host: host, port: try Self.port(text[text.index(after: colon)...]))
    }

    private static func host(_ part: Substring, of text: String) throws(SettingsError) -> String {
        guard !part.isEmpty else { return "0.0.0.0" }
        if part.hasPrefix("["), part.hasSuffix("]") {
            let address = part.dropFirst().dropLast()
            let isAddress = address.contains(":") && address.utf8.allSatisfy(isOfIPv6Address)
            guard isAddress else { throw .notAnAddress(text, .host) }
            return String(address)
        }
        guard !part.contains(":") || part.contains("/") else { throw .notAnAddress(text, .bracketsMissing) }
        guard part.utf8.allSatisfy(isOfHostName) else { throw .notAnAddress(text, .host) }
        return String(part)
    }

    private static func port(_ part: Substring) throws(SettingsError) -> Int {
        let isNumber = !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let port = Int(part), port <= 65_535 else { throw .notAnAddress(String(part), .port) }
        return port
    }

    private static func isOfHostName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Hexadecimal digits, colons, an embedded IPv4 address, a zone.
    private static func isOfIPv6Address(_ byte: UInt8) -> Bool {
        isOfHostName(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%")
    }
}

extension ListenAddress: CustomStringConvertible {
    /// The address as it is configured.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
