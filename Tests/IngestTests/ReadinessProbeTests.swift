import Foundation
import Settings
import Testing

@testable import Ingest

@Suite("Asking a running collector (check --live)", .timeLimit(.minutes(15)))
struct ReadinessProbeTests {
    @Test func `it is told whether the collector is ready, over TCP and over a Unix socket`() async throws {
        let unix = ListenAddress.unix(path: "/tmp/probe-\(UUID().uuidString.prefix(8)).sock")
        for address in [ListenAddress.tcp(host: "127.0.0.1", port: 0), unix] {
            try await RunningServer.with(at: address) { running in
                #expect(await ReadinessProbe(running.address).ask() == .ready("OK"))
                running.server.readiness.phase = .leaving
                #expect(await ReadinessProbe(running.address).ask() == .notReady("draining"))
                running.server.readiness.phase = .ready
            }
        }
    }

    @Test func `where nobody listens it says what the system says`() async {
        let outcome = await ReadinessProbe(.unix(path: "/no/such/socket")).ask()
        guard case .notReady(let why) = outcome else { return #expect(Bool(false)) }
        #expect(why.hasPrefix("no answer: "))
    }

    @Test(arguments: [
        (ListenAddress.tcp(host: "0.0.0.0", port: 1), ListenAddress.tcp(host: "127.0.0.1", port: 1)),
        (.tcp(host: "::", port: 2), .tcp(host: "::1", port: 2)),
        (.tcp(host: "192.0.2.1", port: 3), .tcp(host: "192.0.2.1", port: 3)), (.unix(path: "/x"), .unix(path: "/x")),
    ])
    func `all interfaces are reached by loopback`(configured: ListenAddress, reached: ListenAddress) {
        #expect(ReadinessProbe.reachable(configured) == reached)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", ReadinessProbe.Outcome.ready("OK")),
        ("HTTP/1.1 200 OK\r\n\r\nqueue full: a\n", .ready("queue full: a")),
        ("HTTP/1.1 503 Service Unavailable\r\nA: b\r\n\r\ndraining\n", .notReady("draining")),
        ("HTTP/1.1 401 Unauthorized\r\n\r\n", .notReady("answered 401")),
        ("HTTP/1.1 200 OK\r\ncontent-length:  3\r\n\r\nOK\nmore", .ready("OK")),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nOK", .notReady("the answer was cut off")),
        ("", .notReady("no answer of HTTP/1.1 in time")),
        ("SSH-2.0-OpenSSH", .notReady("no answer of HTTP/1.1 in time")),
    ])
    func `an answer is its status and one line`(answer: String, outcome: ReadinessProbe.Outcome) {
        #expect(ReadinessProbe.outcome(of: answer) == outcome)
    }
}
