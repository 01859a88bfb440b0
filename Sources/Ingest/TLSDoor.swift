import Bytes
import NIOCore
import NIOSSL
import Settings

/// TLS at the door: the server's certificate, and what is asked of clients.
struct TLSDoor: Sendable {
    private let context: NIOSSLContext
    private let clients: ClientAuthentication
    /// Names of which a client's certificate has to bear one; empty: any.
    let allowedNames: Set<String>

    /// What the settings say, with the files as they are.
    ///
    /// - Throws: where a certificate, a key or an authority cannot be used.
    init(_ tls: ServerTLS, files: WatchedFiles) throws(DoorError) {
        let chain = try Self.certificates(tls.certificate, "cert", files)
        let keyBytes = try Self.bytes(tls.key, files)
        guard let key = try? NIOSSLPrivateKey(bytes: keyBytes, format: .pem) else {
            throw Self.flaw("key", tls.key, "is no private key in PEM, or has a pass phrase")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = tls.minVersion.library
        configuration.maximumTLSVersion = tls.maxVersion.library
        if !tls.cipherSuites.isEmpty { configuration.cipherSuiteValues = tls.cipherSuites.map(\.library) }
        if !tls.curves.isEmpty { configuration.curves = tls.curves.map(\.library) }
        configuration.applicationProtocols = ["http/1.1"]
        // A connection that is to end waits so long for the other side to say so too.
        configuration.shutdownTimeout = .seconds(1)
        switch tls.clientAuthentication {
        case .none: break
        case .request, .verifyIfGiven: configuration.certificateVerification = .optionalVerification
        case .requireAny, .requireAnyOld, .requireAndVerify:
            configuration.certificateVerification = .noHostnameVerification
        }
        if let authorities = tls.clientAuthorities {
            configuration.trustRoots = .certificates(try Self.certificates(authorities, "client_ca", files))
            configuration.sendCANameList = true
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Self.flaw("key", tls.key, "does not belong to the certificate")
        }
        clients = tls.clientAuthentication
        allowedNames = Set(tls.clientAllowedNames)
    }

    /// The handler of a connection that encrypts and decrypts.
    func handler() -> NIOSSLServerHandler {
        // No reply of a connection is larger than a page of metrics; such a buffer need not be kept.
        var configuration = NIOSSLServerHandler.Configuration()
        configuration.maximumPreservedOutboundBufferCapacity = 16 << 10
        switch clients {
        case .none, .verifyIfGiven, .requireAndVerify:
            return NIOSSLServerHandler(context: context, configuration: configuration)
        case .request, .requireAny, .requireAnyOld:
            // A certificate is asked for, and any is good.
            return NIOSSLServerHandler(
                context: context, customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) },
                configuration: configuration)
        }
    }

    private static func bytes(_ credential: Credential, _ files: WatchedFiles) throws(DoorError) -> [UInt8] {
        switch credential {
        case .text(let secret): return Array(secret.revealed.utf8)
        case .file(let path):
            guard let bytes = files.content(path) else { throw DoorError(files.whyUnusable(path)) }
            return bytes
        }
    }

    private static func certificates(
        _ credential: Credential, _ name: String, _ files: WatchedFiles
    ) throws(DoorError) -> [NIOSSLCertificate] {
        let bytes = try bytes(credential, files)
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw flaw(name, credential, "holds no certificate in PEM, or one that is broken")
        }
        return certificates
    }

    private static func flaw(_ name: String, _ credential: Credential, _ what: String) -> DoorError {
        switch credential {
        case .text: DoorError("tls_server_config.\(name): \(what)")
        case .file(let path): DoorError("tls_server_config.\(name)_file: \(path) \(what)")
        }
    }
}

extension ServerTLS.Version {
    fileprivate var library: NIOSSL.TLSVersion {
        switch self {
        case .tls10: .tlsv1
        case .tls11: .tlsv11
        case .tls12: .tlsv12
        case .tls13: .tlsv13
        }
    }
}

extension CipherSuite {
    fileprivate var library: NIOTLSCipher {
        switch self {
        case .ecdsaAES128GCM: .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        case .ecdsaAES256GCM: .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
        case .ecdsaChaCha: .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        case .rsaAES128GCM: .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
        case .rsaAES256GCM: .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        case .rsaChaCha: .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        case .ecdsaAES128CBC: .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
        case .ecdsaAES256CBC: .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
        case .rsaAES128CBC: .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        case .rsaAES256CBC: .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
        }
    }
}

extension Curve {
    fileprivate var library: NIOTLSCurve {
        switch self {
        case .p256: .secp256r1
        case .p384: .secp384r1
        case .p521: .secp521r1
        case .x25519: .x25519
        }
    }
}
