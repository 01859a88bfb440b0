import Fixtures
import Foundation
import Synchronization
import Testing

/// What stands in the place of systemd's notification socket.
final class NotifyListener: Sendable {
    let path: String
    private let descriptor: Int32
    private let messages = Mutex<[String]>([])

    init(at path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        try #require(bound == 0)
        Thread.detachNewThread { [weak self, descriptor] in
            var bytes = [UInt8](repeating: 0, count: 4_096)
            while true {
                let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
                guard count > 0 else { return }
                let text = String(decoding: bytes.prefix(count), as: UTF8.self)
                self?.messages.withLock { $0.append(text) }
            }
        }
    }

    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var all: [String] { messages.withLock { $0 } }

    func count(_ prefix: String) -> Int { all.count { $0.hasPrefix(prefix) } }
}

@Suite("Under a service manager", .serialized)
struct SupervisionTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    @Test func `it says when it is ready, reloads, lives and stops`() async throws {
        let listener = try NotifyListener(at: stage.folder.appending(path: "notify").path)
        let destination = try FaultyDestination()
        let collector = try await Collector(
            on: stage, configuration: "remote_write: [{name: one, url: \"\(destination.url)\"}]\n",
            environment: ["NOTIFY_SOCKET": listener.path, "WATCHDOG_USEC": "200000"])
        try await wait(for: "READY") { listener.count("READY=1\nSTATUS=serves at 127.0.0.1:\(collector.port), ") == 1 }
        try await wait(for: "signs of life") { listener.count("WATCHDOG=1") >= 3 }
        collector.program.signal(SIGHUP)
        try await wait(for: "the reload") { listener.count("READY=1\nSTATUS=configuration reloaded") == 1 }
        let order = listener.all.filter { $0 != "WATCHDOG=1" }
        #expect(order.count == 3 && order[1].hasPrefix("RELOADING=1\nMONOTONIC_USEC="), "\(order)")
        #expect(try await collector.terminate() == 0)
        try await wait(for: "STOPPING") { listener.count("STOPPING=1\n") == 1 }
    }

    @Test func `once it stops it says nothing of reloads, and makes none`() async throws {
        let listener = try NotifyListener(at: stage.folder.appending(path: "notify").path)
        let destination = try FaultyDestination { _ in .stored(after: .seconds(1)) }
        let text = "remote_write: [{name: one, url: \"\(destination.url)\"}]\nshutdown: {delay: 10m}\n"
        let collector = try await Collector(
            on: stage, configuration: text, flags: ["--web.enable-lifecycle"],
            environment: ["NOTIFY_SOCKET": listener.path])
        try await wait(for: "READY") { listener.count("READY=1") == 1 }
        collector.program.signal(SIGTERM)
        try await wait(for: "STOPPING") { listener.count("STOPPING=1") == 1 }
        try await wait(for: "the end of readiness") { try await curl("\(collector.url)/-/ready").status == 503 }
        let refused = try await curl("-X", "POST", "\(collector.url)/-/reload")
        #expect(refused.status == 503 && refused.body.contains("about to end"), "\(refused)")
        collector.program.signal(SIGHUP)
        #expect(try await collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 200)
        collector.program.signal(SIGTERM)
        #expect(try await collector.program.exitCode() == 0, "\(collector.program.errors)")
        #expect(listener.count("RELOADING=1") == 0 && listener.count("READY=1") == 1, "\(listener.all)")
    }

    @Test(arguments: ["tcp", "unix"]) func `it serves at sockets that were opened for it`(kind: String) async throws {
        let path = stage.folder.appending(path: "door.sock").path
        let address = kind == "unix" ? path : "127.0.0.1:\(try Stage.freePort())"
        let check = Fixtures.root.appending(path: "Tests/Deployment/activate.py").path
        let result = try await FinishedProgram("/usr/bin/python3", ["-B", check, Stage.program, address])
        #expect(result.code == 0, "\(result.errors)")
        // The socket is not the program's to take away.
        if kind == "unix" { #expect(FileManager.default.fileExists(atPath: path)) }
    }

    @Test func `a descriptor that is no socket is refused`() async throws {
        let result = try await FinishedProgram(
            "/bin/sh",
            [
                "-c",
                "LISTEN_FDS=1 LISTEN_PID=$$ exec \(Stage.program) --remote-write.url=http://127.0.0.1:1/ 3</dev/null",
            ])
        #expect(result.code == 1)
        #expect(result.errors.contains("descriptor 3 was passed to be listened at"), "\(result.errors)")
    }
}

@Suite("Asking a running collector from outside (check --live)", .serialized)
struct LiveCheckTests {
    @Test func `it tells ready from draining and from gone, over TCP and over a Unix socket`() async throws {
        let stage = try Stage()
        let socket = stage.folder.appending(path: "door.sock").path
        let collector = try await Collector(
            on: stage,
            configuration: """
                remote_write: [{url: "http://127.0.0.1:9/api/v1/write"}]
                shutdown: {delay: 1d}

                """, flags: ["--web.listen-address=unix:\(socket)"])
        func check(_ address: String) async throws -> FinishedProgram {
            try await FinishedProgram(Stage.program, ["check", "--live", "--web.listen-address=\(address)"])
        }
        for address in ["127.0.0.1:\(collector.port)", "0.0.0.0:\(collector.port)", "unix:\(socket)"] {
            let result = try await check(address)
            #expect(result.code == 0 && result.output == "\(address): ready: OK\n", "\(result)")
        }
        let file = try stage.write("listen_address: unix:\(socket)\n", to: "live.yaml")
        #expect(try await FinishedProgram(Stage.program, ["check", "--live", "--config.file=\(file)"]).code == 0)
        collector.program.signal(SIGTERM)
        let address = "127.0.0.1:\(collector.port)"
        try await wait(for: "the check to fail") { try await check(address).code == 1 }
        #expect(try await check(address).output == "\(address): not ready: draining\n")
        collector.program.kill()
        #expect(try await check(address).output.hasPrefix("\(address): not ready: no answer: "))
    }
}
