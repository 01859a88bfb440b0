import Glibc
import Testing

@testable import Systemd

@Suite("What a service manager is told (sd_notify)")
struct NotifySocketTests {
    /// A datagram socket in the place of the service manager's.
    private final class Manager {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

        init(at name: String) throws {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            var bytes = Array(name.utf8)
            if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
            let length = socklen_t(2 + bytes.count)
            let bound = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(descriptor, $0, length)
                }
            }
            try #require(bound == 0)
        }

        deinit { close(descriptor) }

        func receive() -> String {
            var bytes = [UInt8](repeating: 0, count: 4_096)
            let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
            return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        }
    }

    private static func name(_ prefix: String) -> String {
        "\(prefix)notify-\(getpid())-\(UInt32.random(in: 0...(.max)))"
    }

    @Test(arguments: ["/tmp/", "@"]) func `it hears lines, at a path and in the abstract namespace`(prefix: String)
        throws
    {
        let name = Self.name(prefix)
        defer { unsafe unlink(name) }
        let manager = try Manager(at: name)
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": name]))
        #expect(socket.send([.ready, .status("serves at 127.0.0.1:3030")]))
        #expect(manager.receive() == "READY=1\nSTATUS=serves at 127.0.0.1:3030")
        #expect(socket.send([.reloading(microseconds: 12)]))
        #expect(manager.receive() == "RELOADING=1\nMONOTONIC_USEC=12")
        #expect(socket.send([.watchdog]) && socket.send([.stopping]))
        #expect(manager.receive() == "WATCHDOG=1")
        #expect(manager.receive() == "STOPPING=1")
    }

    @Test func `a status is one line`() throws {
        #expect(NotifySocket.State.status("one\ntwo\r\nREADY=1").line == "STATUS=one two READY=1")
    }

    @Test func `the time of a reload is that of a clock that runs on`() {
        guard case .reloading(let first) = NotifySocket.State.reloading(),
            case .reloading(let second) = NotifySocket.State.reloading()
        else { return #expect(Bool(false)) }
        #expect(first > 0 && second >= first)
    }

    @Test(arguments: ["", "relative", "@", "/", String(repeating: "/a", count: 60), "vsock:2:1"])
    func `what is no such socket is none`(address: String) {
        #expect(NotifySocket(environment: ["NOTIFY_SOCKET": address]) == nil)
    }

    @Test func `nobody there is no reason to stop`() throws {
        #expect(NotifySocket(environment: [:]) == nil)
        #expect(try !#require(NotifySocket(address: Self.name("/tmp/nobody-"))).send([.ready]))
    }
}
