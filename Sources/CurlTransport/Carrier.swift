import CCurl
import Delivery
import Settings

/// One wire and the handle that carries its requests; kept from request to request, so that connections stay alive.
final class Carrier {
    /// Which one it is, and who it says it is.
    struct Place {
        var slot: Int
        var userAgent: String
    }

    private enum Phase {
        case idle
        case inFlight
        /// It waits for this fetch of a token.
        case parked(Int)
    }

    /// Redirects are followed so often for one request, as Go does.
    private static let redirectLimit = 10

    /// Where it delivers to.
    let destination: Destination
    /// What its handle is called by.
    let slot: Int
    /// The wire, which is asked while no request is in flight.
    var wire: Wire

    private var phase = Phase.idle
    private var easy: EasyHandle
    private let access: Access
    private let reason: FailureReason

    /// The request in hand.
    private var request: OutboundRequest?
    /// Whether it is being made again, on a new connection.
    private var isFresh = false
    /// What it shows that was fetched.
    private var shown: Pass?
    /// Whether a new token was fetched for it.
    private var hasRenewed = false
    /// Where it goes, where it was redirected, and until when.
    private var detour: (target: Target, count: Int)?
    private var deadline: ContinuousClock.Instant?
    /// What `access` had come to when the headers that are kept were put together, and when the request was sent.
    private var keptGeneration: Int?
    /// The version of the protocol that these headers are of.
    private var keptVersion = ""
    private var sentGeneration = 0

    init(_ wire: Wire, of destination: Destination, _ access: Access, at place: Place) throws(TransportError) {
        self.wire = wire
        self.destination = destination
        slot = place.slot
        self.access = access
        reason = FailureReason(
            endpoint: access.server.endpoint, timeout: access.server.timeout, hasProxy: access.server.proxy.isUsed)
        easy = try EasyHandle(slot: place.slot)
        do {
            try easy.configure(for: access.server, userAgent: place.userAgent)
        } catch .unusableOption(_, let reason) {
            throw .unusableOption(destination: destination.name, reason: reason)
        }
    }

    /// Whether a request is in hand.
    var isBusy: Bool {
        if case .idle = phase { false } else { true }
    }

    /// Whether what it showed with the last request has changed since.
    var isOutdated: Bool { sentGeneration != access.generation }

    /// Begins a request.
    ///
    /// - Returns: an answer at once where it cannot be made; nil: it is in hand.
    func start(_ request: OutboundRequest, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Response? {
        self.request = request
        isFresh = false
        hasRenewed = false
        do {
            if detour != nil {
                detour = nil
                try easy.aim(at: access.server.target)
                try easy.limit(to: access.server.timeout)
            }
            deadline = now + access.server.timeout
            try easy.prepare(request.body)
        } catch {
            return .unreachable(error.description)
        }
        return begin(access.demandToken(on: multi, now: now), on: multi)
    }

    /// Goes on with a request that waits for a token, where that is there.
    ///
    /// - Returns: an answer where the request cannot be made.
    func resume(on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Response? {
        guard case .parked(let fetch) = phase, let source = access.tokenSource else { return nil }
        return begin(source.supply(after: fetch) ?? access.demandToken(on: multi, now: now), on: multi)
    }

    private func begin(_ supply: TokenSource.Supply?, on multi: borrowing MultiHandle) -> Response? {
        switch supply {
        case .pending(let fetch):
            phase = .parked(fetch)
            return nil
        case .failed(let response):
            phase = .idle
            return response
        case .ready(let pass): shown = pass
        case nil: shown = nil
        }
        phase = .idle
        do {
            try dress()
        } catch let withheld as Withheld {
            return .withheld(withheld.reason)
        } catch {
            return .unreachable("\(error)")
        }
        sentGeneration = access.generation
        guard multi.add(easy) else { return .unreachable("libcurl cannot begin a request") }
        phase = .inFlight
        return nil
    }

    /// Gives the request its headers, and the handle its certificates where they have changed.
    private func dress() throws {
        guard let request else { return }
        if keptGeneration != access.generation || keptVersion != request.protocolVersion {
            try access.trust(easy)
            let lines = try access.lines(access.server.target, isTrusted: true, showing: shown)
            easy.keep(try HeaderList(request.protocolLines, attempt: 1, further: lines))
            (keptGeneration, keptVersion) = (access.generation, request.protocolVersion)
            try easy.prepare(request.body)
        }
        guard request.attempt > 1 || detour != nil || access.isSigning else { return }
        let target = detour?.target ?? access.server.target
        let isTrusted = target.origin == access.server.target.origin
        var lines = try access.lines(target, isTrusted: isTrusted, showing: shown)
        if isTrusted {
            let signed = SignedRequest(target: target, lines: request.protocolLines + lines, body: request.body)
            lines += try access.signature(signed, showing: shown)
        }
        try easy.use(HeaderList(request.protocolLines, attempt: request.attempt, further: lines))
    }

    /// Ends a request that libcurl is done with.
    ///
    /// - Returns: the answer; nil where the request is made again at once: because the connection that had been kept alive
    ///   for it was dead (libcurl does that by itself, but only five times in the life of a handle), because the answer
    ///   redirects it, or because its token was turned away.
    func finish(_ code: CURLcode, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Response? {
        multi.remove(easy)
        if !isFresh, easy.hasMetDeadConnection(code), easy.connectAnew(true), multi.add(easy) {
            isFresh = true
            return nil
        }
        if isFresh { _ = easy.connectAnew(false) }
        phase = .idle
        guard let status = easy.status else { return failure(code) }
        if let target = redirection(status) { return follow(target, on: multi, now: now) }
        // AWS answers 403 to a key that is not good any more.
        let isTurnedAway = status == 401 || (status == 403 && access.isSigning)
        if isTurnedAway, !hasRenewed, let shown, let source = access.tokenSource {
            hasRenewed = true
            source.turnedAway(shown)
            easy.forgetAnswer()
            return begin(access.demandToken(on: multi, now: now), on: multi)
        }
        let message = status < 300 ? easy.text : access.conceal(easy.text, showing: shown)
        return .status(status, message: message, retryAfter: easy.retryAfter, written: easy.written)
    }

    private func failure(_ code: CURLcode) -> Response {
        guard let status = easy.tunnelStatus, !(200..<300).contains(status) else {
            var reason = reason
            // What fails on a detour is what stands there.
            if let endpoint = detour.flatMap({ Endpoint(url: $0.target.url) }) { reason.endpoint = endpoint }
            return .unreachable(reason.describe(easy.symptoms(of: code)))
        }
        let words = "the proxy answered \(status) when asked for \(reason.endpoint.name)"
        return status >= 500 ? .unreachable(words) : .withheld(words)
    }

    /// Where an answer sends the request; nil where it does not, or is not followed.
    private func redirection(_ status: Int) -> Target? {
        // Of the others, a POST would come out as a GET.
        guard status == 307 || status == 308, access.settings.followRedirects, detour?.count ?? 0 < Self.redirectLimit
        else { return nil }
        let from = detour?.target ?? access.server.target
        return easy.redirect.flatMap { from.redirected(to: $0, serverName: access.settings.tls.serverName) }
    }

    private func follow(_ target: Target, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Response? {
        detour = (target, (detour?.count ?? 0) + 1)
        isFresh = false
        easy.forgetAnswer()
        do {
            try easy.aim(at: target)
            try easy.limit(to: max(.milliseconds(1), (deadline ?? now) - now))
        } catch {
            return .unreachable(error.description)
        }
        return begin(shown.map { .ready($0) }, on: multi)
    }

    /// Gives up what is in flight and what waits.
    ///
    /// - Returns: the samples that are lost by that.
    func abandon(on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Int {
        if case .inFlight = phase { multi.remove(easy) }
        phase = .idle
        return wire.abandon(now: now)
    }
}

extension OutboundRequest {
    /// The headers that all requests of its version have.
    fileprivate var protocolLines: [String] { HeaderList.protocolLines(type: contentType, version: protocolVersion) }
}
