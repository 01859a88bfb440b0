/// `push.pushgateway.tokens[]`: a token that pushers show.
public struct PushToken: Sendable, Equatable {
    /// The token.
    public var token: Secret?
    /// A file that holds the token.
    public var tokenFile: String?
    /// A regex for all of a job's name: the token is good for pushes of these jobs only; nil: for everything.
    public var jobs: String?

    /// A token that is not known yet.
    public init() {}
}

extension [PushToken] {
    /// Everything in which the tokens make no sense, but for their regexes: only who has RE2 knows about those.
    func contradictions(at path: SettingPath) -> [Contradiction] {
        indices.compactMap { index in
            let path = path.item(index)
            switch (self[index].token, self[index].tokenFile) {
            case (nil, nil): return .init(path, .missing(": token or token_file"))
            case (.some, .some): return .init(path, .together(["token", "token_file"]))
            case (let token?, nil): return token.revealed.isEmpty ? .init(path.key("token"), .empty) : nil
            case (nil, let file?): return file.isEmpty ? .init(path.key("token_file"), .empty) : nil
            }
        }
    }
}
