import Synchronization
import Testing

@testable import Ingest

@Suite("What requests may ask of the process", .timeLimit(.minutes(15)))
struct LifecycleTests {
    private func ask(_ method: String, _ path: String, of server: RunningServer) throws -> Reply? {
        let client = try server.client()
        client.send("\(method) \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
        return client.reply()
    }

    @Test(arguments: ["/-/reload", "/-/quit"]) func `nothing where it is not enabled`(path: String) async throws {
        try await RunningServer.with { server in
            for method in ["POST", "PUT"] {
                let reply = try ask(method, path, of: server)
                #expect(reply?.status == 403)
                #expect(reply?.body == "Lifecycle API is not enabled.\n")
            }
        }
    }

    @Test(arguments: ["POST", "PUT"]) func `a reload is answered once it is done`(method: String) async throws {
        let reloads = Counter()
        try await RunningServer.with { server in
            server.server.lifecycle.enable {
                reloads.add() == 2 ? "collector.yaml:3:1: foo: unknown key\nsecond" : nil
            } quit: {
            }
            let done = try ask(method, "/-/reload", of: server)
            #expect(done?.status == 200)
            #expect(done?.body == "")
            let failed = try ask(method, "/-/reload", of: server)
            #expect(failed?.status == 500)
            #expect(failed?.body == "collector.yaml:3:1: foo: unknown key\nsecond\n")
            #expect(failed?.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test(arguments: ["/-/reload", "/-/quit"])
    func `it is asked by POST and PUT alone`(path: String) async throws {
        let reloads = Counter()
        try await RunningServer.with { server in
            server.server.lifecycle.enable {
                _ = reloads.add()
                return nil
            } quit: {
                _ = reloads.add()
            }
            for method in ["GET", "HEAD", "DELETE", "OPTIONS"] where method != "HEAD" {
                let reply = try ask(method, path, of: server)
                #expect(reply?.status == 405)
                #expect(reply?.headers["allow"] == "POST, PUT")
            }
            #expect(reloads.value == 0)
            #expect(try ask("POST", path, of: server)?.status == 200)
            #expect(reloads.value == 1)
        }
    }

    @Test(arguments: [Readiness.Phase.leaving, .draining])
    func `a reload is refused while the process ends, and quit is not`(phase: Readiness.Phase) async throws {
        let asked = Counter()
        try await RunningServer.with { server in
            server.server.lifecycle.enable {
                _ = asked.add()
                return nil
            } quit: {
            }
            let client = try server.client()
            #expect(client.push("a 1\n")?.status == 200)
            server.server.readiness.phase = phase
            client.send("POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            let reply = client.reply()
            #expect(reply?.status == 503)
            #expect(reply?.body == "the configuration is not read anew: this process is about to end\n")
            #expect(asked.value == 0)
            server.server.readiness.phase = .leaving
            #expect(try ask("POST", "/-/quit", of: server)?.status == 200)
            server.server.readiness.phase = .ready
        }
    }

    @Test func `a body is read and means nothing, and the connection goes on`() async throws {
        try await RunningServer.with { server in
            server.server.lifecycle.enable {
                nil
            } quit: {
            }
            let client = try server.client()
            client.send("POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            #expect(client.reply()?.status == 200)
            #expect(client.push("a 1\n")?.status == 200)
        }
    }

    @Test func `without anybody who does it, it is not done`() async {
        #expect(await Lifecycle().perform(.reload) == "Lifecycle API is not enabled.")
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }
}
