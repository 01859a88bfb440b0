import Glibc

/// The socket at which a service manager hears how the service is (`sd_notify(3)`): datagrams of lines `NAME=value`.
public struct NotifySocket: Sendable {
    /// A path, or with `@` in the place of the first byte an address of the abstract namespace.
    let address: String

    /// The longest address, which has to leave room for a zero.
    static let longestAddress = 107

    /// The socket of this process; nil where nobody listens for it.
    public init?(environment: [String: String]) {
        guard let address = environment["NOTIFY_SOCKET"] else { return nil }
        self.init(address: address)
    }

    /// A socket with this address; nil where it is none that can be reached.
    init?(address: String) {
        guard address.hasPrefix("/") || address.hasPrefix("@"), address.utf8.count > 1,
            address.utf8.count <= Self.longestAddress
        else { return nil }
        self.address = address
    }

    /// Tells it something; whether that could be sent, nobody needs to know.
    @discardableResult
    public func send(_ states: [State]) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(address.utf8)
        if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &target.sun_path) { unsafe $0.copyBytes(from: bytes) }
        // In the abstract namespace each byte counts, and a zero at the end too.
        let length = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + bytes.count } ?? 0)
        let message = Array(states.map(\.line).joined(separator: "\n").utf8)
        let sent = unsafe withUnsafePointer(to: &target) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), pointer, length)
            }
        }
        return sent == message.count
    }
}

extension NotifySocket {
    /// What can be told.
    public enum State: Sendable, Equatable {
        /// The service does what it is for.
        case ready
        /// It reads its configuration anew; `ready` follows. The time is CLOCK_MONOTONIC's, in µs.
        case reloading(microseconds: Int)
        /// It is about to end.
        case stopping
        /// It is alive.
        case watchdog
        /// What it does, for people.
        case status(String)

        /// It reads its configuration anew, from now on.
        public static func reloading() -> State {
            var time = timespec()
            unsafe clock_gettime(CLOCK_MONOTONIC, &time)
            return .reloading(microseconds: time.tv_sec * 1_000_000 + time.tv_nsec / 1_000)
        }

        var line: String {
            switch self {
            case .ready: "READY=1"
            case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
            case .stopping: "STOPPING=1"
            case .watchdog: "WATCHDOG=1"
            case .status(let text): "STATUS=" + text.split(whereSeparator: \.isNewline).joined(separator: " ")
            }
        }
    }
}
