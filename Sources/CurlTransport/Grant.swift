import Bytes
import Settings

/// What a pass is asked for with.
enum Grant {
    /// A client's credentials, for a token.
    case client(OAuth2)
    /// A role of AWS's, for its key.
    case role(AWSRole)

    /// What a request shows beside what settings and files have.
    struct Showing {
        var style: OAuth2Request.Style
        /// The key of the grant before, where there is one.
        var key: AWSCredentials?
    }

    /// The request for a pass.
    func request(_ files: WatchedFiles, _ showing: Showing) throws(Withheld) -> (lines: [String], body: [UInt8]) {
        switch self {
        case .client(let settings):
            guard let credential = Credential(settings.clientSecret, file: settings.clientSecretFile)
            else { throw Withheld("oauth2 has no client_secret") }
            let request = OAuth2Request(settings, secret: try files.reveal(credential), style: showing.style)
            return (request.lines, request.body)
        case .role(let role):
            return try role.request(files, key: showing.key)
        }
    }

    /// The pass of an answer; nil where it holds none.
    ///
    /// - Parameter time: milliseconds since the epoch.
    func pass(_ text: String, time: Int64) -> LimitedPass? {
        switch self {
        case .client: OAuth2Token(text)?.pass
        case .role: AWSRole.pass(text, time: time)
        }
    }

    /// Whether there is another way to show the same credentials.
    var hasStyles: Bool {
        if case .client = self { true } else { false }
    }

    /// The files that it is in.
    var files: [String] {
        switch self {
        case .client(let settings): [settings.clientSecretFile].compactMap(\.self)
        case .role(let role): role.files
        }
    }

    /// What to mend where it is refused.
    var advice: String {
        switch self {
        case .client: "check client_id and client_secret"
        case .role(let role): role.advice
        }
    }

    /// The key that certificates on the way are configured under.
    var keys: String {
        switch self {
        case .client: "oauth2.tls_config"
        case .role: "tls_config"
        }
    }
}
