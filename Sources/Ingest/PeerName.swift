import NIOCore

/// Who is at the other end of a connection, for people.
enum PeerName {
    /// `127.0.0.1:4711`, `[::1]:4711`, or `unix`; `gone` where nobody is there any more.
    static func text(_ address: SocketAddress?) -> String {
        guard let address else { return "gone" }
        guard let host = address.ipAddress, let port = address.port else { return "unix" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
