import Bytes
import Settings

/// How a client is known to the servers that it fetches from; its files are looked at once a second at most.
struct FetchAccess {
    private static let reviewInterval = Duration.seconds(1)

    let client: ScrapeClient
    let userAgent: String
    private(set) var files: WatchedFiles
    private let token: TokenAuthentication?
    private var nextReview: ContinuousClock.Instant

    init(_ client: ScrapeClient, userAgent: String, now: ContinuousClock.Instant) {
        self.client = client
        self.userAgent = userAgent
        token = client.authorization.flatMap { TokenAuthentication($0) }
        let basic = client.basicAuth.map(BasicAuthentication.files) ?? []
        files = WatchedFiles(client.tls.files + (token?.files ?? []) + basic)
        nextReview = now + Self.reviewInterval
    }

    /// The headers of a request that is made now, those that it brings among them; one that the user gives takes the place
    /// of the request's own.
    mutating func lines(_ own: [String], now: ContinuousClock.Instant) throws(Withheld) -> [String] {
        if now >= nextReview {
            nextReview = now + Self.reviewInterval
            _ = files.review()
        }
        let names = Set(client.headers.map { $0.name.lowercased() })
        var lines = own.filter { !names.contains($0.prefix { $0 != ":" }.lowercased()) }
        lines += client.headers.map { HeaderLines.line($0.name, $0.value.revealed) }
        if let token {
            lines.append("Authorization: \(try token.value(files))")
        } else if let basic = client.basicAuth {
            lines.append("Authorization: \(try BasicAuthentication.value(basic, files))")
        }
        return lines
    }
}
