/// `remote_write.basic_auth`: a user and a password.
public struct BasicAuth: Sendable, Hashable {
    /// The user.
    public var username: String?
    /// A file that holds the user.
    public var usernameFile: String?
    /// The password.
    public var password: Secret?
    /// A file that holds the password.
    public var passwordFile: String?

    /// Nothing yet.
    public init() {}
}

/// `remote_write.authorization`: the header `Authorization`, as it is to be.
public struct Authorization: Sendable, Hashable {
    /// The word before the credentials.
    public var type = "Bearer"
    /// The credentials.
    public var credentials: Secret?
    /// A file that holds the credentials.
    public var credentialsFile: String?

    /// Nothing yet.
    public init() {}
}

/// `remote_write.oauth2`: a token that is fetched with a client's credentials (RFC 6749, section 4.4).
public struct OAuth2: Sendable, Equatable {
    /// The client; required.
    public var clientID = ""
    /// The client's secret.
    public var clientSecret: Secret?
    /// A file that holds the client's secret.
    public var clientSecretFile: String?
    /// How a token is asked for.
    public var grantType = GrantType.clientCredentials
    /// What the token is to be good for.
    public var scopes: [String] = []
    /// Where tokens are; required.
    public var tokenURL = ""
    /// Further parameters of the request for a token, in the order of their names.
    public var endpointParams: [Header] = []
    /// Whom to trust when a token is fetched, and how to be known.
    public var tls = TLS()
    /// By which way a token is fetched.
    public var proxy = Proxy()

    /// Nothing yet.
    public init() {}
}

/// `remote_write.oauth2.grant_type`.
public enum GrantType: String, Sendable, CaseIterable {
    case clientCredentials = "client_credentials"
}

/// `remote_write.sigv4`: requests signed as Amazon Web Services want them.
public struct SigV4: Sendable, Equatable {
    /// The region; nil: that of the environment or of the shared configuration.
    public var region: String?
    /// The key's name; nil: the environment, then the file of shared credentials.
    public var accessKey: String?
    /// The key.
    public var secretKey: Secret?
    /// Which profile of the shared files counts; nil: that of the environment, or `default`.
    public var profile: String?
    /// The role whose key requests are signed with; nil: the key that there is.
    public var roleARN: String?
    /// What the owner of that role wants to be told.
    public var externalID: String?
    /// Whether the role is asked for where encryption is that of FIPS 140.
    public var usesFIPSEndpoint = false
    /// The service that is signed for.
    public var serviceName = "aps"

    /// The defaults: the environment, then the shared files.
    public init() {}
}
