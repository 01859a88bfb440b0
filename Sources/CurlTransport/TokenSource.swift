import CCurl
import Delivery
import Settings

/// Where a destination's tokens come from: fetched when one is needed, kept until it ends or is turned away.
///
/// The request for a token is a transfer among the others, which go on meanwhile; who needs the token waits for it.
final class TokenSource {
    /// What a request that needs a token does.
    enum Supply: Equatable {
        /// It shows this, in the header `Authorization`.
        case ready(Secret)
        /// It waits; the number is that of the fetch that it waits for.
        case pending(Int)
        /// It is not made.
        case failed(Response)
    }

    private enum State {
        case empty
        case fetching
        case full(OAuth2Token, end: ContinuousClock.Instant?)
        case failed(Response)
    }

    /// Changes with each token.
    private(set) var generation = 0

    private let settings: OAuth2
    private let server: Server
    private let reason: FailureReason
    private var easy: EasyHandle
    private var state = State.empty
    private var fetches = 0
    private var style = OAuth2Request.Style.header
    private var isStyleKnown = false
    private var secret = ""

    init(_ settings: OAuth2, server: Server, slot: Int, userAgent: String) throws(TransportError) {
        self.settings = settings
        self.server = server
        reason = FailureReason(
            endpoint: server.endpoint, timeout: server.timeout, hasProxy: server.proxy.isUsed, keys: "oauth2.tls_config"
        )
        easy = try EasyHandle(slot: slot, messageLimit: 64 << 10)
        try easy.configure(for: server, userAgent: userAgent)
    }

    /// Where a request is told that it needs a token: the token, or a fetch is begun where none is under way.
    func demand(_ files: WatchedFiles, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Supply {
        switch state {
        case .full(let token, let end) where end.map({ now < $0 }) ?? true: return .ready(token.authorization)
        case .fetching: return .pending(fetches)
        case .empty, .full, .failed: return fetch(files, on: multi)
        }
    }

    /// What has become of the fetch that a request waits for.
    func supply(after fetch: Int) -> Supply {
        switch state {
        case .full(let token, _): .ready(token.authorization)
        case .failed(let response): .failed(response)
        case .fetching: .pending(fetches)
        case .empty: .failed(.withheld("the token was turned away"))
        }
    }

    /// A token was turned away: the next demand fetches another.
    func turnedAway(_ authorization: Secret) {
        guard case .full(let token, _) = state, token.authorization == authorization else { return }
        state = .empty
    }

    /// The client's secret has changed.
    func reset() {
        if case .fetching = state { return }
        state = .empty
    }

    private func fetch(_ files: WatchedFiles, on multi: borrowing MultiHandle) -> Supply {
        do throws(Withheld) {
            guard let credential = Credential(settings.clientSecret, file: settings.clientSecretFile)
            else { return .failed(.withheld("oauth2 has no client_secret")) }
            secret = try files.reveal(credential)
            try easy.trust(server.tls, files)
        } catch {
            return .failed(.withheld(error.reason))
        }
        fetches += 1
        return begin(on: multi) ? .pending(fetches) : .failed(.unreachable("libcurl cannot ask for a token"))
    }

    private func begin(on multi: borrowing MultiHandle) -> Bool {
        let request = OAuth2Request(settings, secret: secret, style: style)
        let lines = request.lines + server.hostLines
        guard (try? easy.prepare(request.body)) != nil, (try? easy.use(HeaderList(lines: lines))) != nil,
            multi.add(easy)
        else { return false }
        state = .fetching
        return true
    }

    /// Ends the request for a token that libcurl is done with.
    func finish(_ code: CURLcode, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) {
        multi.remove(easy)
        let name = "the token endpoint \(server.endpoint.name)"
        guard let status = easy.status else {
            state = .failed(.unreachable("no token: \(reason.describe(easy.symptoms(of: code)))"))
            return
        }
        if (200..<300).contains(status) {
            guard let token = OAuth2Token(easy.text) else {
                state = .failed(.withheld("\(name) answered without a token"))
                return
            }
            isStyleKnown = true
            generation += 1
            state = .full(token, end: token.end(now: now))
        } else if status >= 500 || status == 429 {
            state = .failed(.unreachable("\(name) answered \(status)"))
        } else if style == .header, !isStyleKnown {
            // Some want the credentials in the body and do not say so.
            style = .parameters
            if !begin(on: multi) { state = .failed(.unreachable("libcurl cannot ask for a token")) }
        } else {
            if !isStyleKnown { style = .header }
            state = .failed(.withheld("\(name) answered \(status): check client_id and client_secret"))
        }
    }

    /// Gives up a request that is under way.
    func abandon(on multi: borrowing MultiHandle) {
        guard case .fetching = state else { return }
        multi.remove(easy)
        state = .empty
    }
}
