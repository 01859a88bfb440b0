/// `tls_config`: whom to trust, and how to be known.
public struct TLS: Sendable, Hashable {
    /// Authorities to trust instead of the system's, in PEM.
    public var ca: String?
    /// A file of authorities to trust instead of the system's, in PEM; neither: the system's.
    public var caFile: String?
    /// The client's certificate, in PEM.
    public var cert: String?
    /// A file that holds the client's certificate.
    public var certFile: String?
    /// The client's key, in PEM.
    public var key: Secret?
    /// A file that holds the client's key.
    public var keyFile: String?
    /// The name that is asked for and that the certificate has to bear; nil: the URL's host.
    public var serverName: String?
    /// Whether certificates go unchecked.
    public var insecureSkipVerify = false
    /// The oldest version that is spoken.
    public var minVersion = TLSVersion.tls12
    /// The newest version that is spoken.
    public var maxVersion = TLSVersion.tls13

    /// The defaults.
    public init() {}
}

/// A version of TLS, as Prometheus writes it.
public enum TLSVersion: String, Sendable, CaseIterable {
    case tls10 = "TLS10"
    case tls11 = "TLS11"
    case tls12 = "TLS12"
    case tls13 = "TLS13"
}
