public import Logging
import NIOCore
public import Settings
import Synchronization

/// Who comes in: TLS, users and passwords, tokens, and how many requests at a time.
///
/// What it asks may change while it stands; its files are looked at once a second.
public final class Door: Sendable {
    /// What is done with a request, as far as its head tells.
    enum Answer {
        case allow
        case refuse(PushError)
        /// Its password has to be looked at, which takes its time.
        case look(PasswordDesk.Check, else: PushError)
    }

    /// What is asked now.
    struct State {
        var guards = DoorGuards()
        var bucket: RateBucket?
        var tls: TLSDoor?
        var watcher: Task<Void, Never>?
        var isClosed = false
    }

    let state = Mutex(State())
    let watched: Mutex<DoorWatch>
    let logger: Logger
    private let desk = PasswordDesk()
    private let guarded = Atomic(false)

    /// A door that is open to all.
    init() {
        logger = Logger(label: "door") { _ in SwiftLogNoOpLogHandler() }
        watched = Mutex(DoorWatch(nil, tokens: []))
    }

    /// A door that asks for what these say.
    ///
    /// - Throws: where the web configuration, a certificate or a key cannot be used.
    public init(web: WebSource?, tokens: [PushToken], logger: Logger) throws(DoorError) {
        self.logger = logger
        var watch = DoorWatch(web, tokens: tokens)
        let settings = try watch.read()
        let (tls, ring) = (try watch.tls(of: settings), try watch.ring())
        watch.accept(settings)
        watched = Mutex(watch)
        set(settings, tls, ring)
    }

    /// Whether a request is asked for anything, or its answer dressed: whoever has nothing configured pays for this alone.
    var isGuarded: Bool { guarded.load(ordering: .relaxed) }

    /// How connections are encrypted from now on; nil: they are not.
    var tls: TLSDoor? { state.withLock(\.tls) }

    /// Asks a request for what opens the door; probes are always let in.
    func ask(_ head: RequestHead, for target: Target, at now: ContinuousClock.Instant = .now) -> Answer {
        switch target.route {
        case .healthy, .ready: return .allow
        case .push, .metrics, .statusPage, .statusDocument, .probe, .lifecycle, .unknown: break
        }
        let (guards, wait) = state.withLock { ($0.guards, $0.bucket?.take(at: now)) }
        if let wait { return .refuse(.rateLimited(retryAfter: wait)) }
        return guards.ask(head, for: target)
    }

    /// Looks at a password; what is refused of it is told on the event loop, nil: nothing.
    func look(
        at check: PasswordDesk.Check, else refusal: PushError, on eventLoop: any EventLoop
    ) -> EventLoopFuture<PushError?> {
        desk.look(at: check, else: refusal, on: eventLoop)
    }

    /// Gives an answer the headers that all have, but for those that it has already.
    func dress(_ answer: inout HTTPAnswer) {
        let headers = state.withLock(\.guards.headers)
        for header in headers where !answer.headers.contains(where: { $0.name == header.name }) {
            answer.headers.append(header)
        }
    }

    /// Asks for what these say, from the next request on.
    func set(_ settings: WebSettings, _ tls: TLSDoor?, _ ring: TokenRing) {
        state.withLock { state in
            state.guards = DoorGuards(settings, ring, before: state.guards)
            state.tls = tls
            if state.bucket?.limit != settings.rateLimit {
                state.bucket = settings.rateLimit.map { RateBucket($0, at: .now) }
            }
            guarded.store(!state.guards.isIdle || state.bucket != nil, ordering: .relaxed)
        }
    }

    /// Watches no more, and looks at no more passwords.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.watcher?.cancel()
        }
        desk.close()
    }
}
