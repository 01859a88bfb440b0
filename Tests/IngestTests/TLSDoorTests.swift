import Bytes
import NIOSSL
import Settings
import Testing

@testable import Ingest

@Suite struct TLSDoorTests {
    private func door(_ configure: (inout ServerTLS) -> Void) throws -> TLSDoor {
        var tls = ServerTLS()
        tls.certificate = .text(Secret(Certificates.certificate))
        tls.key = .text(Secret(Certificates.key))
        configure(&tls)
        return try TLSDoor(tls, files: WatchedFiles())
    }

    @Test(arguments: ClientAuthentication.allCases)
    func `every way to authenticate clients makes handlers`(way: ClientAuthentication) throws {
        let door = try door {
            $0.clientAuthentication = way
            if way != .none { $0.clientAuthorities = .text(Secret(Certificates.certificate)) }
        }
        _ = door.handler()
    }

    @Test func `every suite, curve and version is known to the library`() throws {
        _ = try door {
            $0.cipherSuites = CipherSuite.allCases
            $0.curves = Curve.allCases
            ($0.minVersion, $0.maxVersion) = (.tls10, .tls12)
        }
        for suite in CipherSuite.allCases { _ = try door { $0.cipherSuites = [suite] } }
        for curve in Curve.allCases { _ = try door { $0.curves = [curve] } }
    }

    @Test func `what cannot be used is told`() {
        func reason(_ configure: (inout ServerTLS) -> Void) -> String {
            do {
                _ = try door(configure)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let nonsense = Credential.text(Secret("nonsense"))
        #expect(reason { $0.certificate = nonsense }.hasPrefix("tls_server_config.cert: holds no certificate in PEM"))
        #expect(reason { $0.key = nonsense }.hasPrefix("tls_server_config.key: is no private key in PEM"))
        #expect(
            reason { ($0.clientAuthorities, $0.clientAuthentication) = (nonsense, .requireAndVerify) }
                .hasPrefix("tls_server_config.client_ca: holds no certificate in PEM"))
        #expect(
            reason { $0.key = .text(Secret(Certificates.otherKey)) }
                == "tls_server_config.key: does not belong to the certificate")
        #expect(reason { $0.key = .file("/k.pem") } == "/k.pem cannot be used: it is not watched")
    }

    @Test func `the names of a certificate are written as Go writes them`() throws {
        let certificate = try #require(try NIOSSLCertificate.fromPEMBytes(Array(Certificates.certificate.utf8)).first)
        #expect(
            ClientNames.all(of: certificate) == ["localhost", "127.0.0.1", "::1", "a@b.c", "spiffe://a/b"])
        #expect(ClientNames.address([1, 2, 3]) == nil)
    }
}
