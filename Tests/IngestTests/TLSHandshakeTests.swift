import NIOCore
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("TLS at the door, over a socket: contract L3, L4")
struct TLSHandshakeTests {
    private let doors: Doors

    init() throws { doors = try Doors() }

    private func encrypted(
        connections: Int = 100, limits: (inout ConnectionLimits) -> Void = { _ in },
        _ body: (RunningServer) async throws -> Void
    ) async throws {
        var settings = Pushgateway()
        settings.limits.connections = connections
        let bench = Bench(settings, far: FarSide(.soon), door: try doors.encrypted().0)
        try await RunningServer.with(bench, limits: limits, body)
    }

    @Test func `plain HTTP at the TLS port is told so`() async throws {
        try await encrypted { server in
            let client = try server.client()
            let reply = try #require(client.push("a 1\n"))
            #expect(reply.refuses(400, "this port speaks TLS: use https:// in the URL"))
            client.finish()
            #expect(client.isClosed())
            #expect(server.bench.answered == [.init(handler: "other", method: "other", code: 400): 1])
        }
    }

    @Test(arguments: [[], [22], [22, 3, 1, 2, 0, 1], Array("GET / HTTP/1.1\r\n\r\n".utf8)] as [[UInt8]])
    func `L4: a handshake that does not come to its end in time ends the connection`(bytes: [UInt8]) async throws {
        try await encrypted(limits: { $0.handshake = .milliseconds(300) }) { server in
            let client = try server.client()
            client.send(bytes)
            #expect(client.isClosed())
            try await eventually { server.bench.metrics.http.connections.value == 0 }
        }
    }

    @Test(
        arguments: [
            [22, 3, 1, 0, 4, 1, 2, 3, 4], [22, 3, 1, 255, 255], [22, 9, 9, 0, 1, 0],
            [22] + [UInt8](repeating: 0, count: 99),
        ] as [[UInt8]])
    func `what is no handshake ends the connection`(bytes: [UInt8]) async throws {
        try await encrypted { server in
            let client = try server.client()
            client.send(bytes)
            client.send([UInt8](repeating: 255, count: 70_000))
            #expect(client.isClosed())
            try await eventually { server.bench.metrics.http.connections.value == 0 }
        }
    }

    @Test func `L3: connections count before their handshake, and one too many is closed without a word`() async throws
    {
        try await encrypted(connections: 2) { server in
            let first = try server.client()
            let second = try server.client()
            first.send([22])
            second.send([22])
            try await eventually { server.bench.metrics.http.connections.value == 2 }
            let third = try server.client()
            #expect(third.isClosed())
            #expect(server.bench.answered == [.init(handler: "other", method: "other", code: 503): 1])
            first.reset()
            second.reset()
        }
    }
}
