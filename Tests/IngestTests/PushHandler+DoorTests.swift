import Settings
import Testing

@testable import Ingest

@Suite("Passwords at the door, over a socket")
struct PushHandlerDoorTests {
    private let doors: Doors

    init() throws { doors = try Doors() }

    private static let ann = "Authorization: Basic YW5uOnNlY3JldA==\r\n"
    private static let guess = "Authorization: Basic YW5uOmd1ZXNz\r\n"

    /// Of the same password, and slow enough that something can happen meanwhile.
    private static let slow = "$2y$08$QOauhQNbBCuQDKes6eFzPed4wizwa5E8Y8qSWai.u4gUfgWLFN8Ce"

    private func guarded(by hash: String = PasswordBookTests.hash, _ body: (RunningServer) async throws -> Void)
        async throws
    {
        var web = WebSettings()
        web.users = ["ann": try BcryptHash(parsing: hash)]
        let door = try doors.door(web: SettingsBox(web), tokens: [Doors.token("token")])
        try await RunningServer.with(Bench(far: FarSide(.soon), door: door), body)
    }

    @Test func `either credential opens the push routes, and no other does`() async throws {
        try await guarded { server in
            let client = try server.client()
            #expect(client.push("a 1\n", headers: Self.ann)?.status == 200)
            #expect(client.push("b 1\n", headers: Self.ann)?.status == 200)
            #expect(client.push("c 1\n", headers: "Authorization: Bearer token\r\n")?.status == 200)
            for headers in [Self.guess, "", Self.guess, "Authorization: Basic ZXZlOnNlY3JldA==\r\n"] {
                let reply = try #require(client.push("d 1\n", headers: headers))
                #expect(reply.refuses(401, "a user and password, or a token"))
            }
            client.send("GET /metrics HTTP/1.1\r\n\(Self.ann)\r\n")
            #expect(client.reply()?.status == 200)
            #expect(server.bench.refused == ["unauthorized": 4])
        }
    }

    @Test func `requests that are pipelined behind a password that is looked at wait for it, in their order`()
        async throws
    {
        try await guarded(by: Self.slow) { server in
            let client = try server.client()
            var text = ""
            for number in 0..<20 {
                let headers = number % 3 == 0 ? Self.guess : number % 3 == 1 ? Self.ann : ""
                text += "POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\(headers)\r\nx 1\n"
            }
            client.send(text)
            let statuses = (0..<20).map { _ in client.reply()?.status }
            #expect(statuses == (0..<20).map { $0 % 3 == 1 ? 200 : 401 })
        }
    }

    @Test func `whoever closes his side behind the request is answered once his password was looked at`() async throws {
        try await guarded(by: Self.slow) { server in
            let client = try server.client()
            client.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\(Self.ann)\r\nx 1\n")
            client.finish()
            #expect(client.reply()?.status == 200)
            let short = try server.client()
            short.send("POST /metrics/job/j HTTP/1.1\r\nContent-Length: 4\r\n\(Self.ann)\r\nx")
            short.finish()
            #expect(short.reply()?.refuses(400, "connection ended before the body did") == true)
        }
    }

    @Test func `whoever goes away meanwhile is nobody's trouble`() async throws {
        try await guarded(by: Self.slow) { server in
            for number in 0..<5 {
                let client = try server.client()
                client.reset()
                client.send("POST /metrics/job/j\(number) HTTP/1.1\r\nContent-Length: 4\r\n\(Self.guess)\r\nx 1\n")
            }
            let client = try server.client()
            #expect(client.push("a 1\n", headers: Self.ann)?.status == 200)
        }
    }
}
