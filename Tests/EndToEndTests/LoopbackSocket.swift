import Foundation

/// A connection to a port of the loopback interface; whoever waits on it for 300 s is told so.
struct LoopbackSocket: ~Copyable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 300, tv_usec: 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = in_port_t(port).bigEndian
        let descriptor = descriptor
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
            return unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { throw TimedOut(description: "connect to port \(port): error \(errno)") }
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            // Who answers before the body has ended may close; the answer says why.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more is going to be written.
    func finishWriting() throws {
        guard shutdown(descriptor, Int32(SHUT_WR)) == 0 || errno == ENOTCONN else {
            throw TimedOut(description: "shutdown: error \(errno)")
        }
    }

    func readToEnd() throws -> [UInt8] {
        var read: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count >= 0 else { throw TimedOut(description: "no answer: error \(errno)") }
            if count == 0 { return read }
            read += buffer[..<count]
        }
    }
}
