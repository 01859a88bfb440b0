import Bytes
import Relabeling
import Settings

/// The tokens that open the door, each for everything or for pushes of some jobs.
struct TokenRing: Sendable {
    private struct Known: Sendable {
        /// Of the token, by SHA-256.
        var digest: [UInt8]
        /// For which jobs; nil: for everything.
        var jobs: Pattern?
    }

    /// What a token is good for.
    enum Judgement: Equatable {
        case allowed, otherJob, unknown
    }

    private let tokens: [Known]

    /// No tokens: none is asked for.
    init() { tokens = [] }

    /// The tokens of settings without contradictions; of a file that holds none yet, nothing.
    ///
    /// - Throws: where a regex is none.
    init(_ settings: [PushToken], files: WatchedFiles) throws(SettingsError) {
        var tokens: [Known] = []
        for token in settings {
            let text = token.token?.revealed ?? token.tokenFile.flatMap { files.text($0) } ?? ""
            var jobs: Pattern?
            if let regex = token.jobs { jobs = try Pattern(regex) }
            // What nobody can show stands for a token that is not there.
            tokens.append(Known(digest: text.isEmpty ? [] : SHA256.hash(Array(text.utf8)), jobs: jobs))
        }
        self.tokens = tokens
    }

    /// Whether no token is asked for.
    var isEmpty: Bool { tokens.isEmpty }

    /// What a token that is shown is good for.
    ///
    /// All are compared, to the last byte of their digests: how long it takes says nothing about them.
    ///
    /// - Parameter job: of the push; nil: it is no push, or none with a path that can be read.
    func judge(_ shown: [UInt8], job: [UInt8]?, isPush: Bool) -> Judgement {
        let digest = SHA256.hash(shown)
        var matching: [Known] = []
        for token in tokens where ConstantTime.equal(token.digest, digest) { matching.append(token) }
        guard !matching.isEmpty else { return .unknown }
        // A push whose path cannot be read is refused for that.
        if isPush, job == nil { return .allowed }
        let isAllowed = matching.contains { token in
            guard let jobs = token.jobs else { return true }
            return job.map(jobs.matches) ?? false
        }
        return isAllowed ? .allowed : .otherJob
    }
}
