import Bytes
import CCurl
import Delivery
import Settings

/// How requests get to a destination and are let in there: its server, its headers, its credentials.
///
/// One a destination, shared by its carriers. Files are looked at once a second at most, and headers are put together when
/// something has changed, not for each request; a signature is made for each.
final class Access {
    let settings: DestinationSettings
    let server: Server
    private let destination: Destination
    private var files: WatchedFiles
    private var fileGeneration = 0
    private let token: TokenAuthentication?
    private let aws: AWSAuthentication?
    private let tokens: TokenSource?

    /// What the handle that fetches tokens is called by.
    let slot: Int

    /// The way to a destination that these settings describe.
    ///
    init(
        _ destination: Destination, _ settings: DestinationSettings, at place: Carrier.Place
    ) throws(TransportError) {
        guard let server = Server(settings) else { throw .unusableURL(destination: destination.name) }
        self.settings = settings
        self.server = server
        self.destination = destination
        slot = place.slot
        token = TokenAuthentication(settings)
        aws = settings.sigv4.map { AWSAuthentication($0, clock: WallClock.milliseconds) }
        let shared = WatchedFiles(aws?.files ?? [])
        let roles = aws?.roles(shared) ?? []
        tokens = try Self.makeTokens(settings, roles, at: place)
        let own = settings.tls.files + settings.httpHeaders.flatMap(\.files) + (token?.files ?? [])
        let others = (settings.basicAuth.map(BasicAuthentication.files) ?? []) + (settings.oauth2?.tls.files ?? [])
        let judges = settings.tls.judges.merging(settings.oauth2?.tls.judges ?? [:]) { own, _ in own }
        files = WatchedFiles(own + others + (tokens?.files ?? []) + (aws?.files ?? []), judgedBy: judges)
        for (file, reason) in files.problems where aws?.files.contains(file) != true {
            destination.credentialsUnreadable(file: file, reason: reason)
        }
    }

    private static func makeTokens(
        _ settings: DestinationSettings, _ roles: [AWSRole], at place: Carrier.Place
    ) throws(TransportError) -> TokenSource? {
        let (name, timeout) = (settings.displayName, settings.remoteTimeout)
        if let settings = settings.oauth2 {
            let (tls, proxy) = (settings.tls, settings.proxy)
            guard let server = Server(url: settings.tokenURL, tls: tls, proxy: proxy, timeout: timeout)
            else { throw .unusableURL(destination: "\(name), oauth2.token_url") }
            return try TokenSource([.client(settings)], server: server, slot: place.slot, userAgent: place.userAgent)
        }
        guard let role = roles.first else { return nil }
        // AWS's own tools take the proxy of the environment.
        var proxy = Proxy()
        proxy.fromEnvironment = true
        guard let server = Server(url: role.url, tls: TLS(), proxy: proxy, timeout: timeout)
        else { throw .unusableURL(destination: "\(name), AWS_ENDPOINT_URL") }
        return try TokenSource(roles.map(Grant.role), server: server, slot: place.slot, userAgent: place.userAgent)
    }

    /// Changes whenever what requests show does.
    var generation: Int { fileGeneration + (tokens?.generation ?? 0) }

    /// Looks whether files have changed; what is held for that is tried again.
    func review(now: ContinuousClock.Instant) {
        guard !files.isEmpty else { return }
        let (isChanged, unusable) = files.review()
        for (file, reason) in unusable { destination.credentialsUnreadable(file: file, reason: reason) }
        guard isChanged else { return }
        fileGeneration += 1
        tokens?.reset()
        destination.credentialsChanged(at: now)
    }

    /// The pass that a request needs; nil where it needs none that is fetched.
    func demandToken(on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> TokenSource.Supply? {
        tokens?.demand(files, on: multi, now: now)
    }

    /// The source of tokens, where there is one.
    var tokenSource: TokenSource? { tokens }

    /// Whether each request has headers of its own.
    var isSigning: Bool { aws != nil }

    /// The headers that all requests to a target have in common.
    ///
    /// - Parameter isTrusted: whether the target is the destination's own; another one is shown no secret.
    func lines(_ target: Target, isTrusted: Bool, showing pass: Pass?) throws(Withheld) -> [String] {
        let others = try HeaderLines.lines(settings, files, isTrusted: isTrusted) + Server.hostLines(target)
        guard isTrusted, let authorization = try authorization(pass) else { return others }
        return others + ["Authorization: \(authorization)"]
    }

    private func authorization(_ pass: Pass?) throws(Withheld) -> String? {
        if case .authorization(let value) = pass { return value.revealed }
        if let token { return try token.value(files) }
        if let basic = settings.basicAuth { return try BasicAuthentication.value(basic, files) }
        return server.target.login.map { BasicAuthentication.value(user: $0.user, password: $0.password.revealed) }
    }

    /// The headers that sign a request that has these others; none where requests are not signed.
    func signature(_ request: SignedRequest, showing pass: Pass?) throws(Withheld) -> [String] {
        try aws?.lines(request, key: pass?.key, files) ?? []
    }

    /// A server's words without the secrets that requests show it.
    func conceal(_ words: String, showing pass: Pass?) -> String {
        guard !words.isEmpty else { return words }
        var secrets =
            settings.headers.map(\.value.revealed) + settings.httpHeaders.flatMap { $0.secrets.map(\.revealed) }
        secrets += settings.httpHeaders.flatMap { $0.files.compactMap(files.text) }
        if let value = try? authorization(pass) { secrets.append(String(value.drop { $0 != " " }.dropFirst())) }
        secrets += [settings.basicAuth?.password?.revealed, server.target.login?.password.revealed].compactMap(\.self)
        secrets += [settings.basicAuth?.passwordFile].compactMap { $0.flatMap(files.text) }
        if let token = aws?.sessionToken(pass, files) { secrets.append(token) }
        return Concealment(secrets + server.proxy.secrets + [server.target.query]).conceal(words)
    }

    /// Tells a handle whom to trust and how to be known.
    func trust(_ easy: borrowing EasyHandle) throws(Withheld) { try easy.trust(server.tls, files) }

    /// The request for a token is over.
    func finishToken(_ code: CURLcode, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) {
        tokens?.finish(code, files, on: multi, now: now)
    }
}
