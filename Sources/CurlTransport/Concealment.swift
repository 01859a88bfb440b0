/// Texts that a server may have been shown, and that nobody else is to see.
struct Concealment {
    /// What stands in the place of such a text.
    private static let mark = "<secret>"
    /// A shorter text is none that could be told from others.
    private static let shortest = 4

    private let secrets: [String]

    init(_ secrets: [String]) {
        // The longer first: one may be part of another.
        self.secrets = Set(secrets).filter { $0.utf8.count >= Self.shortest }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// A server's words without what it was shown, as far as it repeats that as it was; also where the words break off
    /// within it.
    func conceal(_ words: String) -> String {
        guard !words.isEmpty else { return words }
        var words = secrets.reduce(words) { $0.replacing($1, with: Self.mark) }
        for secret in secrets {
            let most = min(secret.count - 1, words.count)
            guard most >= Self.shortest else { continue }
            let cut = (Self.shortest...most).last { words.hasSuffix(secret.prefix($0)) }
            if let cut { words = words.dropLast(cut) + Self.mark }
        }
        return words
    }
}
