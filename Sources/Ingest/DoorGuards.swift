import Samples
import Settings

/// What is asked of a request: a user with a password, or a token.
///
/// One for all requests until something else is asked, so that each of them takes hold of it and copies nothing.
final class DoorGuards: Sendable {
    private let tokens: TokenRing
    private let book: PasswordBook?
    private let users: [String: BcryptHash]
    /// The headers of every answer.
    let headers: [HTTPAnswer.Header]

    /// Nothing is asked.
    init() { (tokens, book, users, headers) = (TokenRing(), nil, [:], []) }

    /// What settings say; where the users are those before, what is known of their passwords counts on.
    init(_ settings: WebSettings, _ tokens: TokenRing, before: DoorGuards) {
        self.tokens = tokens
        users = settings.users
        if settings.users.isEmpty {
            book = nil
        } else {
            book = settings.users == before.users ? before.book : PasswordBook(settings.users)
        }
        headers = settings.headers.map { .init($0.name.rawValue, $0.value) }
    }

    /// Whether nothing is asked, and no header given.
    var isIdle: Bool { isOpen && headers.isEmpty }

    private var isOpen: Bool { tokens.isEmpty && book == nil }

    /// What a request's credentials are good for.
    func ask(_ head: RequestHead, for target: Target) -> Door.Answer {
        guard !isOpen else { return .allow }
        let unauthorized = PushError.unauthorized(basic: book != nil, bearer: !tokens.isEmpty)
        switch ShownCredential(head[.authorization]) {
        case .bearer(let token):
            return ask(token, for: target) ?? .refuse(unauthorized)
        case .basic(let user, let password):
            guard let book else { return .refuse(unauthorized) }
            let digest = book.digest(user: user, password: password)
            switch book.remembered(digest) {
            case true: return .allow
            case false: return .refuse(unauthorized)
            case nil:
                let check = PasswordDesk.Check(book: book, user: user, password: password, digest: digest)
                return .look(check, else: unauthorized)
            }
        case .nothing: return .refuse(unauthorized)
        }
    }

    /// What a token is good for; nil: it is not known.
    private func ask(_ token: [UInt8], for target: Target) -> Door.Answer? {
        var job: [UInt8]?
        var isPush = false
        if case .push = target.route {
            isPush = true
            if case .success(let grouping) = target.grouping { job = Array(grouping.job.utf8) }
        }
        switch tokens.judge(token, job: job, isPush: isPush) {
        case .allowed: return .allow
        case .otherJob: return .refuse(.forbidden(job: job))
        case .unknown: return nil
        }
    }
}
