import Foundation
import Testing

@Suite("Clients at the door of the built program", .serialized)
struct DoorClientTests {
    private static let verified = """
        tls_server_config:
          cert_file: server.pem
          key_file: server.key
          client_auth_type: RequireAndVerifyClientCert
          client_ca_file: clients.pem
          client_allowed_sans: ['spiffe://backup']

        """

    /// What openssl's client has to say of a handshake, and of the answer to a request.
    private func handshake(_ door: DoorCollector, _ arguments: String) async throws -> String {
        let request = "GET /-/ready HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"
        let script =
            "cd \(door.folder); printf '\(request)' | timeout 30 openssl s_client -ign_eof -CAfile authority.pem "
            + "-connect 127.0.0.1:\(door.port) \(arguments) 2>&1; true"
        // The answer ends the connection, or its refusal.
        let result = try await FinishedProgram("/bin/bash", ["-c", script])
        return result.output
    }

    @Test(arguments: ["tls1_2", "tls1_3"])
    func `a session is resumed for whom it was made, and no longer than his authority is trusted`(
        version: String
    ) async throws {
        let stage = try await DoorStage()
        try await stage.make("clients")
        try await stage.make("client", by: "clients", names: "URI:spiffe://backup")
        try await stage.make("other", by: "clients", names: "DNS:other")
        let door = try await stage.start(web: Self.verified)
        let client = "-\(version) -cert client.pem -key client.key "
        let first = try await handshake(door, client + "-sess_out session")
        #expect(first.contains("New, TLSv1") && first.contains("HTTP/1.1 200 OK"), "\(first)")
        let again = try await handshake(door, client + "-sess_in session")
        #expect(again.contains("Reused, TLSv1") && again.contains("HTTP/1.1 200 OK"), "\(again)")
        // Whose name is not allowed has a session as well, and no use of it.
        let other = "-\(version) -cert other.pem -key other.key "
        #expect(!(try await handshake(door, other + "-sess_out others")).contains("HTTP/1.1 200"))
        if FileManager.default.fileExists(atPath: door.folder + "/others") {
            #expect(!(try await handshake(door, other + "-sess_in others")).contains("HTTP/1.1 200"))
            #expect(!(try await handshake(door, client + "-sess_in others")).contains("HTTP/1.1 200"))
        }
        // Another authority: who was known is not any more, resumed or not.
        try await stage.make("clients")
        try await wait(for: "the new authority") { door.program.errors.contains("web configuration changed") }
        let late = try await handshake(door, client + "-sess_in session")
        #expect(!late.contains("Reused") && !late.contains("HTTP/1.1 200"), "\(late)")
        try await door.end()
    }

    private func go(_ door: DoorCollector, job: String, _ arguments: String...) async throws -> FinishedProgram {
        try await FinishedProgram(
            "/usr/bin/env",
            [
                "SSL_CERT_FILE=\(door.folder)/authority.pem", "no_proxy=*", ClientsBackend.built("push-go"), "-url",
                door.url, "-job", job,
            ] + arguments)
    }

    @Test func `client_golang pushes through TLS, with its BasicAuth`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: DoorStage.tls + "basic_auth_users: {ann: \(DoorStage.hash)}\n")
        let right = try await go(door, job: "go", "-user", "ann:secret")
        #expect(right.code == 0, "\(right.errors)")
        try await stage.receiver.prints("go_load{job=\"go\"} 2.5 ")
        let wrong = try await go(door, job: "no", "-user", "ann:guess")
        #expect(wrong.code == 1)
        #expect(wrong.errors.contains("unexpected status code 401"), "\(wrong.errors)")
        #expect(try await go(door, job: "no").code == 1)
        #expect(!stage.receiver.lines.contains { $0.contains("job=\"no\"") })
        try await door.end()
    }

    @Test func `client_golang pushes with a bearer token of its job, and not for others`() async throws {
        let stage = try await DoorStage()
        let door = try await stage.start(web: DoorStage.tls, push: "tokens: [{token: one, jobs: 'backup-.*'}]")
        let right = try await go(door, job: "backup-1", "-token", "one")
        #expect(right.code == 0, "\(right.errors)")
        try await stage.receiver.prints("go_load{job=\"backup-1\"} 2.5 ")
        let other = try await go(door, job: "web", "-token", "one")
        #expect(other.code == 1)
        #expect(other.errors.contains("unexpected status code 403"), "\(other.errors)")
        #expect(other.errors.contains("this token is not for pushes of the job"), "\(other.errors)")
        #expect(try await go(door, job: "backup-1", "-token", "two").errors.contains("unexpected status code 401"))
        try await door.end()
    }
}
