import Bytes
import Discovery
import Settings

/// How a client is known to the servers that it fetches from; its files are looked at once a second at most.
struct FetchAccess {
    private static let reviewInterval = Duration.seconds(1)

    let userAgent: String
    private(set) var client: ScrapeClient
    private(set) var files = WatchedFiles([])
    private var token: TokenAuthentication?
    private var source: (file: WatchedFile, read: @Sendable ([UInt8]) throws -> ScrapeClient)?
    /// Why what the source holds now cannot be used.
    private var flaw: String?
    private var nextReview: ContinuousClock.Instant

    init(_ client: FetchClient, userAgent: String, now: ContinuousClock.Instant) {
        self.client = client.settings
        self.userAgent = userAgent
        nextReview = now + Self.reviewInterval
        source = client.source.map { (WatchedFile(path: $0.file), $0.read) }
        watch()
        reviewSource()
    }

    /// The headers of a request that is made now, those that it brings among them; one that the user gives takes the place
    /// of the request's own.
    mutating func lines(_ own: [String], now: ContinuousClock.Instant) throws(Withheld) -> [String] {
        if now >= nextReview {
            nextReview = now + Self.reviewInterval
            reviewSource()
            _ = files.review()
        }
        if let flaw { throw Withheld(flaw) }
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

    /// What servers are shown, and nobody else is to see.
    var secrets: [String] {
        let authorization: String?
        if let token {
            authorization = try? token.value(files)
        } else {
            authorization = client.basicAuth.flatMap { try? BasicAuthentication.value($0, files) }
        }
        // Without its type too.
        let parts = authorization.map { [$0, String($0.drop { $0 != " " }.dropFirst())] } ?? []
        return client.headers.map(\.value.revealed) + parts
    }

    /// Reads the source where it holds something else; where it cannot be read, what it last held counts on.
    private mutating func reviewSource() {
        guard source?.file.review() == .content, let content = source?.file.content, let read = source?.read
        else { return }
        do {
            client = try read(content)
            flaw = nil
            watch()
        } catch {
            flaw = "\(error)"
        }
    }

    private mutating func watch() {
        token = client.authorization.flatMap { TokenAuthentication($0) }
        let basic = client.basicAuth.map(BasicAuthentication.files) ?? []
        files = WatchedFiles(client.tls.files + (token?.files ?? []) + basic, judgedBy: client.tls.judges)
    }
}
