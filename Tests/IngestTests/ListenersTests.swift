import Foundation
import Logging
import Settings
import Testing

@testable import Ingest

@Suite("Where the server listens", .timeLimit(.minutes(15)))
struct ListenersTests {
    /// A server of its own, for which listening fails.
    private func failure(at addresses: [ListenAddress]) async -> String? {
        let bench = Bench()
        let server = PushServer(bench.intake, at: addresses, limits: ConnectionLimits())
        do {
            try await server.run()
            return nil
        } catch {
            #expect(await server.boundAddresses().isEmpty)
            return "\(error)"
        }
    }

    private func path() -> String { "/tmp/push-collector-\(UUID().uuidString.prefix(8)).sock" }

    @Test func `a port that is taken is an error that says which`() async throws {
        try await RunningServer.with { server in
            guard case .tcp(_, let port) = server.address else { return }
            #expect(await failure(at: [server.address]) == "listen 127.0.0.1:\(port): address already in use")
            // All or none: the other address is free again.
            let other = ListenAddress.unix(path: path())
            #expect(await failure(at: [other, server.address]) != nil)
            try await RunningServer.with(at: other) { _ in }
        }
    }

    @Test(arguments: [
        (ListenAddress.tcp(host: "203.0.113.1", port: 0), "listen 203.0.113.1:0: no interface has this address"),
        // Longer than a name can be, so that nobody is asked for it.
        (
            .tcp(host: String(repeating: "x", count: 300), port: 1),
            "listen \(String(repeating: "x", count: 300)):1: unknown host"
        ),
        (.unix(path: "/no/such/directory/x.sock"), "listen unix:/no/such/directory/x.sock: no such directory"),
        (
            .unix(path: "/tmp/" + String(repeating: "x", count: 200)),
            "listen unix:/tmp/\(String(repeating: "x", count: 200)): path is too long for a socket"
        ),
    ])
    func `an address that cannot be is an error that says why`(address: ListenAddress, sentence: String) async {
        #expect(await failure(at: [address]) == sentence)
    }

    @Test func `it listens on IPv6`() async throws {
        try await RunningServer.with(at: .tcp(host: "::1", port: 0)) { server in
            let client = try server.client()
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `it listens on a Unix socket, and takes its file away`() async throws {
        let path = path()
        try await RunningServer.with(at: .unix(path: path)) { server in
            #expect(server.address == .unix(path: path))
            let client = try server.client()
            #expect(client.push("x\n")?.status == 400)
            #expect(server.bench.log.text.contains { $0.hasPrefix("push refused job=j peer=unix") })
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a socket file that is left over is replaced, one that is served is not`() async throws {
        let path = path()
        try await RunningServer.with(at: .unix(path: path)) { server in
            // A second name for the socket outlives its server.
            try FileManager.default.linkItem(atPath: path, toPath: path + ".left")
            #expect(await failure(at: [.unix(path: path)]) == "listen unix:\(path): address already in use")
            let client = try server.client()
            #expect(client.push("x 1\n")?.status == 200)
        }
        try await RunningServer.with(at: .unix(path: path + ".left")) { server in
            let client = try server.client()
            #expect(client.push("x 1\n")?.status == 200)
        }
    }

    @Test func `a file that is no socket is left alone`() async throws {
        let path = path()
        try "precious".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(await failure(at: [.unix(path: path)]) == "listen unix:\(path): a file that is no socket is in the way")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        try FileManager.default.removeItem(atPath: path)
    }
}
