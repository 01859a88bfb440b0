import Bytes
import CCurl
import Delivery
import Settings

/// Where a destination's passes come from, tokens or keys: fetched when one is needed, kept until it ends or is turned away.
///
/// The request for one is a transfer among the others, which go on meanwhile; who needs the pass waits for it.
final class TokenSource {
    /// What a request that needs a pass does.
    enum Supply: Equatable {
        /// It shows this.
        case ready(Pass)
        /// It waits; the number is that of the fetch that it waits for.
        case pending(Int)
        /// It is not made.
        case failed(Response)
    }

    private enum State {
        case empty
        case fetching
        case full(Pass, end: ContinuousClock.Instant?)
        case failed(Response)
    }

    /// Changes with each pass.
    private(set) var generation = 0

    /// What passes are asked for with, in turn: each but the first with the key that the one before brought.
    private let grants: [Grant]
    private var step = 0
    private let server: Server
    private let reason: FailureReason
    private var easy: EasyHandle
    private var state = State.empty
    private var fetches = 0
    /// Whether the credentials have changed since the fetch under way began.
    private var isOutdated = false
    private var style = OAuth2Request.Style.header
    private var isStyleKnown = false
    /// What the credentials were when the fetch began, in both styles.
    private var other: (lines: [String], body: [UInt8])?

    /// - Parameter grants: at least one; all are asked for at the same server.
    init(_ grants: [Grant], server: Server, slot: Int, userAgent: String) throws(TransportError) {
        self.grants = grants
        self.server = server
        isStyleKnown = !grants.contains(where: \.hasStyles)
        reason = FailureReason(
            endpoint: server.endpoint, timeout: server.timeout, hasProxy: server.proxy.isUsed, keys: grants[0].keys)
        easy = try EasyHandle(slot: slot, messageLimit: 64 << 10)
        try easy.configure(for: server, userAgent: userAgent)
    }

    /// The files that passes are asked for with.
    var files: [String] { grants.flatMap(\.files) }

    /// Where a request is told that it needs a pass: the pass, or a fetch is begun where none is under way.
    func demand(_ files: WatchedFiles, on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Supply {
        switch state {
        case .full(let pass, let end) where end.map({ now < $0 }) ?? true: return .ready(pass)
        case .fetching: return .pending(fetches)
        case .empty, .full, .failed: return fetch(files, on: multi)
        }
    }

    /// What has become of the fetch that a request waits for; nil: nothing that counts, it is to demand a pass again.
    func supply(after fetch: Int) -> Supply? {
        switch state {
        case .full(let pass, _): .ready(pass)
        case .failed(let response): .failed(response)
        case .fetching: .pending(fetches)
        case .empty: nil
        }
    }

    /// A pass was turned away: the next demand fetches another.
    func turnedAway(_ pass: Pass) {
        guard case .full(let held, _) = state, held == pass else { return }
        state = .empty
    }

    /// The credentials have changed that passes are asked for with.
    func reset() {
        if case .fetching = state { isOutdated = true } else { state = .empty }
    }

    private func fetch(_ files: WatchedFiles, on multi: borrowing MultiHandle) -> Supply {
        step = 0
        let request: (lines: [String], body: [UInt8])
        do throws(Withheld) {
            request = try grants[step].request(files, .init(style: style))
            other = isStyleKnown ? nil : try grants[step].request(files, .init(style: .parameters))
            try easy.trust(server.tls, files)
        } catch {
            return .failed(.withheld(error.reason))
        }
        fetches += 1
        return begin(request, on: multi) ? .pending(fetches) : .failed(.unreachable("libcurl cannot ask for a token"))
    }

    /// Asks for the next pass with the one that has come.
    private func fetchNext(_ files: WatchedFiles, with pass: Pass, on multi: borrowing MultiHandle) {
        step += 1
        do throws(Withheld) {
            let request = try grants[step].request(files, .init(style: style, key: pass.key))
            if !begin(request, on: multi) { state = .failed(.unreachable("libcurl cannot ask for a token")) }
        } catch {
            state = .failed(.withheld(error.reason))
        }
    }

    private func begin(_ request: (lines: [String], body: [UInt8]), on multi: borrowing MultiHandle) -> Bool {
        guard (try? easy.prepare(request.body)) != nil,
            (try? easy.use(HeaderList(lines: request.lines + server.hostLines))) != nil, multi.add(easy)
        else { return false }
        state = .fetching
        return true
    }

    /// Ends the request for a pass that libcurl is done with.
    func finish(
        _ code: CURLcode, _ files: WatchedFiles, on multi: borrowing MultiHandle, now: ContinuousClock.Instant
    ) {
        multi.remove(easy)
        conclude(code, files, on: multi, now: now)
        guard isOutdated else { return }
        isOutdated = false
        // What it was asked for with says nothing any more.
        if case .fetching = state { multi.remove(easy) }
        if !isStyleKnown { style = .header }
        state = .empty
    }

    private func conclude(
        _ code: CURLcode, _ files: WatchedFiles, on multi: borrowing MultiHandle, now: ContinuousClock.Instant
    ) {
        let name = "the token endpoint \(server.endpoint.name)"
        guard let status = easy.status else {
            state = .failed(.unreachable("no token: \(reason.describe(easy.symptoms(of: code)))"))
            return
        }
        if (200..<300).contains(status) {
            guard let pass = grants[step].pass(easy.text, time: WallClock.milliseconds()) else {
                state = .failed(.withheld("\(name) answered without a token"))
                return
            }
            isStyleKnown = true
            guard step == grants.count - 1 else { return fetchNext(files, with: pass.pass, on: multi) }
            generation += 1
            state = .full(pass.pass, end: pass.end(now: now))
        } else if status >= 500 || status == 429 {
            state = .failed(.unreachable("\(name) answered \(status)"))
        } else if let request = other, style == .header {
            // Some want the credentials in the form and do not say so.
            style = .parameters
            if !begin(request, on: multi) { state = .failed(.unreachable("libcurl cannot ask for a token")) }
        } else {
            if !isStyleKnown { style = .header }
            state = .failed(.withheld("\(name) answered \(status): \(grants[step].advice)"))
        }
    }

    /// Gives up a request that is under way.
    func abandon(on multi: borrowing MultiHandle) {
        guard case .fetching = state else { return }
        multi.remove(easy)
        state = .empty
    }
}
