import Delivery
import Settings
import Testing

@testable import CurlTransport

@Suite("EasyHandle+Server: TLS", .timeLimit(.minutes(15)))
struct EasyHandleServerTests {
    @Test func `a private authority is not trusted until ca_file names it, and then it alone`() async throws {
        try await TLSServer.run { server in
            try await expectFailure(
                "the certificate of localhost:\(server.port) is not trusted: unable to get local issuer certificate"
                    + "; set tls_config.ca_file to the authority that signed it", url: server.url())
            try await Scene.run(to: [server.url()], with: { $0.tls.caFile = server.authority }) { scene in
                try await scene.expect(.delivered, of: "p")
            }
            try await TLSServer.run { other in
                try await expectFailure("is not trusted: ", url: server.url()) { $0.caFile = other.authority }
            }
        }
    }

    @Test func `with insecure_skip_verify any certificate will do`() async throws {
        try await TLSServer.run { server in
            let url = server.url(host: "127.0.0.1")
            try await Scene.run(to: [url], with: { $0.tls.insecureSkipVerify = true }) { scene in
                try await scene.expect(.delivered, of: "p")
            }
        }
    }

    @Test func `a certificate for another name is not trusted`() async throws {
        try await TLSServer.run { server in
            let words = "the certificate of 127.0.0.1:\(server.port) is not trusted: "
            try await expectFailure(words, url: server.url(host: "127.0.0.1")) { $0.caFile = server.authority }
        }
    }

    @Test func `a file of authorities that cannot be read is named`() async throws {
        try await TLSServer.run { server in
            let words = "/nowhere/ca.pem cannot be used: No such file"
            try await expectFailure(words, url: server.url()) { $0.caFile = "/nowhere/ca.pem" }
        }
    }

    @Test func `a key with a pass phrase is an error, and nobody is asked for it`() async throws {
        try await TLSServer.run { server in
            let (certificate, key) = (try server.text("cert.pem"), try server.text("locked.pem"))
            try await expectFailure("certificate", url: server.url()) {
                ($0.caFile, $0.cert, $0.key) = (server.authority, certificate, Secret(key))
            }
        }
    }

    @Test func `https with a server that speaks http says so`() async throws {
        let fake = try await FakeDestination.start { _ in .status(204) }
        try await expectFailure("it may speak plain http", url: "https://127.0.0.1:\(fake.port)/")
        try await fake.stop()
    }

    private func expectFailure(_ words: String, url: String, _ change: (inout TLS) -> Void = { _ in }) async throws {
        try await Scene.run(to: [url], drain: .zero, with: { change(&$0.tls) }) { scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains(words) == true }
        }
    }
}
