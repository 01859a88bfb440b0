import Foundation
import Synchronization

/// A socket of the loopback interface that one thread reads and writes; others may interrupt it.
final class FaultSocket: Sendable {
    private let descriptor: Int32
    private let isClosed = Mutex(false)

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close() }

    /// Connects to a port; whoever then waits on it for 120 s is told that nothing came.
    static func connected(to port: Int) -> FaultSocket? {
        let made = FaultSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        made.set(SOL_SOCKET, SO_RCVTIMEO, timeval(tv_sec: 120, tv_usec: 0))
        made.set(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
        let descriptor = made.descriptor
        let isConnected = unsafe withAddress(port) { unsafe connect(descriptor, $0, $1) == 0 }
        return isConnected ? made : nil
    }

    /// Listens on a port; nil where somebody else does.
    static func listening(on port: Int) -> FaultSocket? {
        let made = FaultSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        made.set(SOL_SOCKET, SO_REUSEADDR, Int32(1))
        let descriptor = made.descriptor
        let isBound = unsafe withAddress(port) { unsafe bind(descriptor, $0, $1) == 0 }
        return isBound && listen(descriptor, 256) == 0 ? made : nil
    }

    /// A port that nobody listens on, below those that the system gives to clients: nobody connects from it, so that a
    /// program can be stopped and started again on it.
    static func freePort() throws -> Int {
        for _ in 0..<1_000 {
            let port = Int.random(in: 15_000..<32_000)
            if listening(on: port) != nil { return port }
        }
        throw TimedOut(description: "no free port")
    }

    /// The next connection; nil once the socket was interrupted.
    func accepted() -> FaultSocket? {
        while true {
            let connection = accept(descriptor, nil, nil)
            if connection >= 0 {
                let socket = FaultSocket(connection)
                socket.set(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
                return socket
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    /// What has arrived, at most so many bytes; empty at the end and after an error.
    func read(upTo limit: Int = 65_536) -> [UInt8] {
        let descriptor = descriptor
        return unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            unsafe count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Writes all of it, or says that it cannot.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends it from another thread: whoever waits on it goes on.
    func interrupt() {
        isClosed.withLock { if !$0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    /// Closes it; whoever is connected reads to the end.
    func close() {
        isClosed.withLock { isClosed in
            if !isClosed { _ = Foundation.close(descriptor) }
            isClosed = true
        }
    }

    /// Closes it by a reset.
    func reset() {
        set(SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
        close()
    }

    private func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) {
        var value = value
        unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size))
    }

    private static func withAddress(
        _ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
    ) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = in_port_t(port).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe body(pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
