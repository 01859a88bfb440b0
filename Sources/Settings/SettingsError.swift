/// Why a value cannot be taken.
public enum SettingsError: Error, Equatable {
    /// No duration as Prometheus writes them; the text.
    case notADuration(String)
    /// A duration of more than 292 million years.
    case durationTooLong(String)
    /// No number of bytes; the text.
    case notASize(String)
    /// More bytes than there can be.
    case sizeTooLarge(String)
    /// No address to listen at; the text.
    case notAnAddress(String, AddressFlaw)
    /// No prefix of a path; the text.
    case notAPathPrefix(String, PathPrefixFlaw)
    /// A name with control characters, or too long.
    case notAName
    /// A URL that is not of `http` or `https`; never the text, which may hold a password.
    case schemeUnknown
    /// A URL without a host.
    case hostMissing
    /// A URL with characters that no URL has, with a fragment, or with a port that is none.
    case urlMalformed
    /// An empty text or list.
    case empty
    /// A number, a size or a duration that is smaller than what makes sense; the least that does.
    case tooSmall(minimum: String)
    /// A number, a size or a duration that is larger than what makes sense; the most that does.
    case tooLarge(maximum: String)
    /// A value that must not exceed that of another key.
    case exceeds(key: String, value: String)
    /// A value that another place of a list has already.
    case duplicate(String)
    /// A value that is needed beside the others; what it is for.
    case missing(String)
    /// Keys of which only one may be there, and more are.
    case together([String])
    /// A key that means nothing without another.
    case needs(String)
    /// A header's name that HTTP does not have, or a value that no header has; never the value.
    case notAHeader
    /// A header that is the protocol's own.
    case reservedHeader(String)
    /// A header that another key is for.
    case authorizationHeader
    /// A proxy's URL that is none; never the text, which may hold a password.
    case notAProxy
    /// A type of `authorization` that has a key of its own.
    case basicType
    /// No destination counts for the answer to a push.
    case noneRequired
    /// A value that this action of a relabelling rule does not do without.
    case neededBy(action: String)
    /// A value that means nothing to this action of a relabelling rule.
    case uselessFor(action: String)
    /// No regular expression of RE2; the text, and RE2's words.
    case notARegex(String, reason: String)
    /// No hash of a password by bcrypt; never the text.
    case notABcryptHash
    /// A label without a name.
    case emptyLabelName
    /// No name that a target's label may have; the text.
    case notALabelName(String)
    /// A file that cannot be used, and the system's words.
    case unusableFile(String, reason: String)
    /// No certificate in PEM, in a file or in the configuration itself.
    case noCertificate(file: String?)
    /// No private key in PEM; never the text.
    case noPrivateKey(file: String?)
    /// A private key that has a pass phrase.
    case lockedKey(file: String?)
}

/// What is wrong with an address to listen at.
public enum AddressFlaw: Sendable, Equatable {
    /// It has no port.
    case portMissing
    /// Its port is no number from 0 to 65535.
    case port
    /// It is an IPv6 address outside brackets.
    case bracketsMissing
    /// Its host holds what no host's name or address holds.
    case host
    /// It is a socket's path that is relative, or that the system has no room for.
    case socketPath
}

/// What is wrong with the prefix of a path.
public enum PathPrefixFlaw: Sendable, Equatable {
    /// It does not begin with a slash.
    case slashMissing
    /// It has two slashes in a row, or, not being `/`, one at its end.
    case slashSuperfluous
    /// It has characters that no path has, or escaped ones.
    case character
}

extension SettingsError: CustomStringConvertible {
    /// What is wrong, and what would be right; never a secret.
    public var description: String {
        switch self {
        case .notADuration(let text):
            "expected a duration such as 30s or 1m30s (units y, w, d, h, m, s, ms in this order), not \(text.quoted)"
        case .durationTooLong(let text): "the duration \(text.quoted) is too long"
        case .notASize(let text): "expected a size such as 64MiB (units B, KiB, MiB, GiB), not \(text.quoted)"
        case .sizeTooLarge(let text): "the size \(text.quoted) is too large"
        case .notAnAddress(let text, let flaw): "\(flaw), not \(text.quoted)"
        case .notAPathPrefix(let text, let flaw): "\(flaw), unlike \(text.quoted)"
        case .notAName: "a name has 1 to 128 bytes and no control characters"
        case .schemeUnknown: "must begin with http:// or https://"
        case .hostMissing: "the URL has no host"
        case .urlMalformed:
            "is not a URL: it is ASCII without blanks and fragments (others are escaped as %XX), "
                + "and its port is a number from 1 to 65535"
        case .empty: "must not be empty"
        case .tooSmall(let minimum): "must be at least \(minimum)"
        case .tooLarge(let maximum): "must be at most \(maximum)"
        case .exceeds(let key, let value): "must not exceed \(key), which is \(value)"
        case .duplicate(let text): "\(text.quoted) is there twice"
        case .missing(let what): "is missing\(what)"
        case .together(let keys): "at most one of \(keys.joined(separator: ", ")) can be used"
        case .needs(let key): "means nothing without \(key)"
        case .notAHeader: "is no header: a name is a word, and a value has one line"
        case .reservedHeader(let name): "\(name.quoted) is a header of the protocol's own, and not to be changed"
        case .authorizationHeader: "the header Authorization is set by basic_auth, authorization, oauth2 or sigv4"
        case .notAProxy: "must be the URL of a proxy: http://, https:// or socks5://, and a host"
        case .basicType: "a user and a password stand in basic_auth"
        case .noneRequired:
            "at least one destination must be required: an answer of 200 says that it has stored the push"
        case .neededBy(let action): "is needed by the action \(action)"
        case .uselessFor(let action): "has no meaning for the action \(action)"
        case .notARegex(let text, let reason): "\(text.quoted) is no regular expression of RE2: \(reason)"
        case .notABcryptHash:
            "is no bcrypt hash: $2y$, $2b$ or $2a$, a cost from 04 to 20 and 53 characters, as htpasswd -nBC 10 USER prints"
        case .emptyLabelName: "a label's name must not be empty"
        case .notALabelName(let text):
            "\(text.quoted) is no label's name: letters, digits and _, no digit first, not two underscores first"
        case .unusableFile(let file, let reason): "\(file.quoted) cannot be used: \(reason)"
        case .noCertificate(let file): "\(Self.place(file))holds no certificate in PEM, or one that is broken"
        case .noPrivateKey(let file): "\(Self.place(file))holds no private key in PEM, or one that is broken"
        case .lockedKey(let file): "\(Self.place(file))holds a private key with a pass phrase, which nobody could give"
        }
    }
}

extension SettingsError {
    private static func place(_ file: String?) -> String { file.map { "\($0.quoted) " } ?? "" }
}

extension AddressFlaw: CustomStringConvertible {
    /// What would be right.
    public var description: String {
        switch self {
        case .portMissing: "expected host:port, [::1]:port or unix:/path"
        case .port: "expected a port from 0 to 65535"
        case .bracketsMissing: "expected brackets around an IPv6 address, as in [::1]:3030"
        case .host: "expected a host's name or address before the port"
        case .socketPath: "expected an absolute path of at most 107 bytes behind unix:"
        }
    }
}

extension PathPrefixFlaw: CustomStringConvertible {
    /// What would be right.
    public var description: String {
        switch self {
        case .slashMissing: "a path prefix begins with a slash"
        case .slashSuperfluous: "a path prefix has no empty part and no slash at its end"
        case .character: "a path prefix has only letters, digits and /-._~!$&'()*+,;=:@"
        }
    }
}
