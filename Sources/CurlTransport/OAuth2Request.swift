import Bytes
import Settings

/// A request for a token with a client's credentials (RFC 6749, sections 2.3.1 and 4.4.2).
struct OAuth2Request: Equatable {
    /// Where the client's credentials stand.
    enum Style: Equatable {
        case header, parameters
    }

    /// The header `Authorization`, where the credentials stand there.
    var authorization: String?
    /// The form that is posted.
    var body: [UInt8]

    init(_ settings: OAuth2, secret: String, style: Style) {
        // Escaped before they are joined, says the RFC.
        let user = Self.escaped(settings.clientID)
        authorization = style == .header ? BasicAuthentication.value(user: user, password: Self.escaped(secret)) : nil
        var fields = [("grant_type", settings.grantType.rawValue)]
        if !settings.scopes.isEmpty { fields.append(("scope", settings.scopes.joined(separator: " "))) }
        if style == .parameters { fields += [("client_id", settings.clientID), ("client_secret", secret)] }
        fields += settings.endpointParams.map { ($0.name, $0.value.revealed) }
        body = Array(fields.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&").utf8)
    }

    /// The lines of the request for libcurl.
    var lines: [String] {
        ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json", "Expect:"]
            + (authorization.map { ["Authorization: \($0)"] } ?? [])
    }

    private static func escaped(_ text: String) -> String {
        PercentEncoding.encode(text.utf8, keeping: " ").replacing(" ", with: "+")
    }
}
