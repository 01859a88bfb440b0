import Glibc
import Settings

/// A blocking client of one connection, which sends what it is told, byte by byte, right or wrong.
final class SocketClient {
    /// What went wrong, as the system names it.
    struct Failure: Error {
        var call: String
        var code: Int32
    }

    private let socket: Int32
    private var received: [UInt8] = []

    /// Connects to an address of loopback.
    init(_ address: ListenAddress) throws {
        let (family, bytes) = Self.socketAddress(address)
        socket = Glibc.socket(family, Int32(SOCK_STREAM.rawValue), 0)
        let status = unsafe bytes.withUnsafeBytes { bytes in
            unsafe Glibc.connect(
                socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else { throw Failure(call: "connect", code: errno) }
        // Nothing here takes long, but a machine may be slow.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    deinit { close(socket) }

    /// The bytes of a `sockaddr_in`, `sockaddr_in6` or `sockaddr_un`.
    ///
    /// Written by hand: which module declares these types to Swift depends on what else is built.
    private static func socketAddress(_ address: ListenAddress) -> (family: Int32, bytes: [UInt8]) {
        func little(_ family: Int32) -> [UInt8] { [UInt8(family), 0] }
        func big(_ port: Int) -> [UInt8] { [UInt8(port >> 8), UInt8(port & 0xff)] }
        let zeros = [UInt8](repeating: 0, count: 8)
        return switch address {
        case .tcp(let host, let port) where host.contains(":"):
            (AF_INET6, little(AF_INET6) + big(port) + [0, 0, 0, 0] + zeros + zeros.dropLast() + [1] + [0, 0, 0, 0])
        case .tcp(_, let port): (AF_INET, little(AF_INET) + big(port) + [127, 0, 0, 1] + zeros)
        case .unix(let path): (AF_UNIX, little(AF_UNIX) + Array(path.utf8) + [0])
        }
    }

    /// Sends all bytes; false where the other side takes no more.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends no more.
    func finish() { shutdown(socket, Int32(SHUT_WR)) }

    /// Makes the end of the connection abrupt: the other side is told at once that nobody reads any more.
    func reset() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads one answer to its end; nil where there is none any more.
    func reply(isHead: Bool = false) -> Reply? {
        while true {
            if let reply = takeReply(isHead: isHead) { return reply }
            guard receive() else { return nil }
        }
    }

    /// Whether the other side has closed, after whatever it still sends.
    func isClosed() -> Bool {
        while receive() {}
        return errno == 0 || errno == ECONNRESET
    }

    /// Sends a push and reads its answer.
    func push(_ body: [UInt8], to path: String = "/metrics/job/j", headers: String = "") -> Reply? {
        send("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\(headers)\r\n")
        send(body)
        return reply()
    }

    func push(_ body: String, to path: String = "/metrics/job/j", headers: String = "") -> Reply? {
        push(Array(body.utf8), to: path, headers: headers)
    }

    private func takeReply(isHead: Bool) -> Reply? {
        let text = String(decoding: received, as: UTF8.self)
        // The shortest beginning that is an answer.
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let head = text[..<end.upperBound]
        guard let announced = Reply.one(String(head), isHead: true) else { return nil }
        let length = isHead ? 0 : Int(announced.headers["content-length"] ?? "0") ?? 0
        guard received.count >= head.utf8.count + length else { return nil }
        let bytes = received.prefix(head.utf8.count + length)
        received.removeFirst(bytes.count)
        return Reply.one(String(decoding: bytes, as: UTF8.self), isHead: isHead)
    }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        errno = 0
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        received += buffer.prefix(count)
        return true
    }
}
