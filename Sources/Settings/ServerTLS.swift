/// `tls_server_config`: how the server proves who it is, and what clients have to prove.
public struct ServerTLS: Sendable, Equatable {
    /// The server's certificate and those that lead to its authority, in PEM.
    public var certificate = Credential.text(Secret(""))
    /// The certificate's key, in PEM.
    public var key = Credential.text(Secret(""))
    /// The authorities of clients, in PEM; nil: the system's.
    public var clientAuthorities: Credential?
    /// What is asked of clients.
    public var clientAuthentication = ClientAuthentication.none
    /// Names of which a client's certificate has to bear one; empty: any.
    public var clientAllowedNames: [String] = []
    /// The oldest version that is spoken.
    public var minVersion = TLSVersion.tls12
    /// The newest version that is spoken.
    public var maxVersion = TLSVersion.tls13
    /// The suites of TLS 1.2 and before; empty: the library's choice.
    public var cipherSuites: [CipherSuite] = []
    /// The curves of a handshake; empty: the library's choice.
    public var curves: [Curve] = []

    /// A version of TLS, where another module's has the same name.
    public typealias Version = TLSVersion

    /// No certificate yet.
    public init() {}

    /// The files that it is in.
    public var files: [String] {
        [certificate, key, clientAuthorities].compactMap { credential in
            guard case .file(let path) = credential else { return nil }
            return path
        }
    }
}

/// `client_auth_type`: what is asked of clients, as Go's `crypto/tls` names it.
public enum ClientAuthentication: String, Sendable, CaseIterable {
    /// Nothing.
    case none = "NoClientCert"
    /// A certificate, which is not verified and may be missing.
    case request = "RequestClientCert"
    /// A certificate, which is not verified.
    case requireAny = "RequireAnyClientCert"
    /// The same, by its old name.
    case requireAnyOld = "RequireClientCert"
    /// A certificate, which may be missing; where there is one it is verified.
    case verifyIfGiven = "VerifyClientCertIfGiven"
    /// A certificate, which is verified.
    case requireAndVerify = "RequireAndVerifyClientCert"

    /// Whether nobody comes in without a certificate.
    public var isRequired: Bool {
        switch self {
        case .requireAny, .requireAnyOld, .requireAndVerify: true
        case .none, .request, .verifyIfGiven: false
        }
    }
}

/// `cipher_suites[]`: a suite of TLS 1.2 and before, as Go names it.
public enum CipherSuite: String, Sendable, CaseIterable {
    case ecdsaAES128GCM = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
    case ecdsaAES256GCM = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
    case ecdsaChaCha = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    case rsaAES128GCM = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    case rsaAES256GCM = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    case rsaChaCha = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    case ecdsaAES128CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
    case ecdsaAES256CBC = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
    case rsaAES128CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
    case rsaAES256CBC = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"
}

/// `curve_preferences[]`, as Go names it.
public enum Curve: String, Sendable, CaseIterable {
    case p256 = "CurveP256"
    case p384 = "CurveP384"
    case p521 = "CurveP521"
    case x25519 = "X25519"
}
