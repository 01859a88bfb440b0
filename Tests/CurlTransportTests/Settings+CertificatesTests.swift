import Foundation
import Settings
import Testing

@testable import CurlTransport

@Suite("Certificates and keys of a configuration")
struct SettingsCertificatesTests {
    private static let right = "-----BEGIN CERTIFICATE-----\nMAMBAgM=\n-----END CERTIFICATE-----\n"

    private func contradictions(_ change: (inout TLS) -> Void) -> [String] {
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "https://h/")]
        change(&settings.remoteWrite[0].tls)
        return settings.certificateContradictions.map(\.description)
    }

    @Test func `what is no certificate and no key is told, and never what it is`() {
        #expect(contradictions { $0.ca = Self.right } == [])
        #expect(
            contradictions { ($0.ca, $0.cert, $0.key) = ("a", "b", Secret("c")) } == [
                "remote_write[0].tls_config.ca: holds no certificate in PEM, or one that is broken",
                "remote_write[0].tls_config.cert: holds no certificate in PEM, or one that is broken",
                "remote_write[0].tls_config.key: holds no private key in PEM, or one that is broken",
            ])
        let locked = Self.right.replacing("CERTIFICATE", with: "ENCRYPTED PRIVATE KEY")
        #expect(
            contradictions { ($0.cert, $0.key) = (Self.right, Secret(locked)) } == [
                "remote_write[0].tls_config.key: holds a private key with a pass phrase, which nobody could give"
            ])
        #expect(contradictions { ($0.ca, $0.caFile) = ("", "") } == [], "told elsewhere")
    }

    @Test func `so is what is in files, and that one cannot be read`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pem-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("nonsense".utf8).write(to: file)
        #expect(
            contradictions { ($0.caFile, $0.keyFile) = (file.path, file.path) } == [
                "remote_write[0].tls_config.ca_file: \"\(file.path)\" holds no certificate in PEM, or one that is broken",
                "remote_write[0].tls_config.key_file: \"\(file.path)\" holds no private key in PEM, or one that is broken",
            ])
        try Data(Self.right.utf8).write(to: file)
        #expect(contradictions { ($0.caFile, $0.certFile) = (file.path, file.path) } == [])
        #expect(
            contradictions { $0.certFile = "/nowhere" } == [
                "remote_write[0].tls_config.cert_file: \"/nowhere\" cannot be used: No such file or directory"
            ])
    }

    @Test func `one file may hold a certificate and its key, and then has to hold both`() throws {
        var tls = TLS()
        (tls.certFile, tls.keyFile) = ("both.pem", "both.pem")
        let judge = try #require(tls.judges["both.pem"])
        let key = Self.right.replacing("CERTIFICATE", with: "PRIVATE KEY")
        #expect(judge(Array((Self.right + key).utf8)) == nil)
        #expect(judge(Array(Self.right.utf8)) == "holds no private key in PEM, or one that is broken")
        #expect(judge(Array(key.utf8)) == "holds no certificate in PEM, or one that is broken")
    }

    @Test func `wherever a client has certificates they are looked at`() {
        var settings = Settings()
        var destination = DestinationSettings(url: "https://h/")
        destination.oauth2 = OAuth2()
        destination.oauth2?.tls.ca = "a"
        settings.remoteWrite = [DestinationSettings(url: "https://g/"), destination]
        settings.scrape.pushGateways.client.tls.ca = "a"
        settings.scrape.pushGateways.kubernetes.client.tls.ca = "a"
        #expect(
            settings.certificateContradictions.map(\.path.text) == [
                "remote_write[1].oauth2.tls_config.ca", "scrape.push_gateways.kubernetes.tls_config.ca",
                "scrape.push_gateways.tls_config.ca",
            ])
    }
}
