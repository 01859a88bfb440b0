import Bytes
import Settings

/// A token in the header `Authorization`, as `authorization` and `bearer_token` have it.
struct TokenAuthentication {
    /// The word before the token.
    var type: String
    /// The token.
    var credential: Credential

    /// What settings say; nil where they do not say it.
    init?(_ settings: DestinationSettings) {
        if let authorization = settings.authorization {
            self.init(authorization)
        } else if let credential = Credential(settings.bearerToken, file: settings.bearerTokenFile) {
            self.init(type: "Bearer", credential: credential)
        } else {
            return nil
        }
    }

    /// What `authorization` says; nil where it does not say it.
    init?(_ authorization: Authorization) {
        guard let credential = Credential(authorization.credentials, file: authorization.credentialsFile)
        else { return nil }
        self.init(type: authorization.type, credential: credential)
    }

    private init(type: String, credential: Credential) {
        self.type = type
        self.credential = credential
    }

    /// The header's value.
    func value(_ files: WatchedFiles) throws(Withheld) -> String { "\(type) \(try files.revealInHeader(credential))" }

    /// The file that holds the token.
    var files: [String] {
        if case .file(let path) = credential { [path] } else { [] }
    }
}
