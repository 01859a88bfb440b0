import Settings
import Testing

@testable import Ingest

@Suite("The door's files")
struct DoorWatchingTests {
    private let doors: Doors

    init() throws { doors = try Doors() }

    private func isOpen(_ door: Door, _ token: String) throws -> Bool {
        let connection = try EmbeddedConnection(Bench(), door: door)
        return Reply.one(try connection.push("a 1\n", headers: "Authorization: Bearer \(token)\r\n"))?.status == 200
    }

    @Test func `a token's file is read again, and one that is gone counts on`() throws {
        var token = PushToken()
        token.tokenFile = try doors.write("one\n", to: "token")
        let door = try doors.door(tokens: [token])
        #expect(try isOpen(door, "one"))
        try doors.write("two two\n", to: "token")
        door.review()
        #expect(try !isOpen(door, "one"))
        #expect(try isOpen(door, "two two"))
        try doors.write("", to: "token")
        for _ in 0..<3 { door.review() }
        #expect(try isOpen(door, "two two"))
        #expect(
            doors.log.text == [
                "tokens changed", "file cannot be used file=\(doors.path("token")) reason=it is empty",
            ])
    }

    @Test func `a certificate and its key are taken over when both are there, and a broken one is told once`() throws {
        let (door, _) = try doors.encrypted()
        #expect(door.tls != nil)
        try doors.write(Certificates.otherKey, to: "k.pem")
        for _ in 0..<3 { door.review() }
        #expect(
            doors.log.text == [
                "web configuration cannot be used, and what it was counts on reason=\(doors.path("web.yml")): "
                    + "tls_server_config.key_file: \(doors.path("k.pem")) does not belong to the certificate"
            ])
        #expect(door.tls != nil)
        try doors.write(Certificates.key + "\n", to: "k.pem")
        door.review()
        #expect(doors.log.text.dropFirst() == ["web configuration changed"])
    }

    @Test func `users and limits change with the file, and what is known of unchanged users is kept`() throws {
        var web = WebSettings()
        web.users = try PasswordBookTests.users("ann")
        let box = SettingsBox(web)
        let door = try doors.door(web: box)
        #expect(door.isGuarded)
        box.set(.failure(DoorError(["web.yml:1:1: broken"])))
        try doors.write("second", to: "web.yml")
        for _ in 0..<3 { door.review() }
        #expect(door.isGuarded)
        web.users["bob"] = web.users["ann"]
        box.set(.success(web))
        try doors.write("third", to: "web.yml")
        door.review()
        box.set(.success(WebSettings()))
        try doors.write("", to: "web.yml")
        for _ in 0..<3 { door.review() }
        #expect(door.isGuarded)
        #expect(
            doors.log.text == [
                "web configuration cannot be used, and what it was counts on reason=web.yml:1:1: broken",
                "web configuration changed",
                "web configuration cannot be used, and what it was counts on reason=to let anybody in takes a restart",
            ])
    }

    @Test func `other tokens can be asked for, and the web configuration stays`() throws {
        var web = WebSettings()
        web.headers = [.init(.frameOptions, "deny")]
        let door = try doors.door(web: SettingsBox(web), tokens: [Doors.token("one")])
        try door.replace([Doors.token("two")])
        #expect(try !isOpen(door, "one"))
        #expect(try isOpen(door, "two"))
        #expect(throws: DoorError.self) { try door.replace([Doors.token("three", jobs: "(")]) }
        #expect(try isOpen(door, "two"))
        try door.replace([])
        #expect(try isOpen(door, ""))
        #expect(door.isGuarded)
    }
}
