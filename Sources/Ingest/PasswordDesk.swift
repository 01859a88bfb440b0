import NIOCore
import NIOPosix
import Synchronization

/// Where passwords are looked at, off the event loops: two at a time, and each pair of user and password once.
final class PasswordDesk: Sendable {
    /// A user and a password to look at.
    struct Check: Sendable {
        var book: PasswordBook
        var user: [UInt8]
        var password: [UInt8]
        var digest: [UInt8]
    }

    /// So many different pairs wait at most.
    static let limit = 64

    private enum Place {
        case first, beside, none
    }

    private struct State {
        var waiting: [[UInt8]: [EventLoopPromise<PushError?>]] = [:]
        var isStarted = false
        var isClosed = false
    }

    private let pool = NIOThreadPool(numberOfThreads: 2)
    private let state = Mutex(State())

    /// Looks at a pair; what is refused of it is told on the event loop, nil: nothing.
    func look(at check: Check, else refusal: PushError, on eventLoop: any EventLoop) -> EventLoopFuture<PushError?> {
        let promise = eventLoop.makePromise(of: PushError?.self)
        let place = state.withLock { state -> Place in
            guard !state.isClosed else { return .none }
            if state.waiting[check.digest] == nil, state.waiting.count >= Self.limit { return .none }
            let isFirst = state.waiting[check.digest] == nil
            state.waiting[check.digest, default: []].append(promise)
            if !state.isStarted { pool.start() }
            state.isStarted = true
            return isFirst ? .first : .beside
        }
        switch place {
        case .beside: break
        case .none: promise.succeed(.passwordsBusy)
        case .first:
            pool.submit { [self] item in
                guard item == .active else { return settle(check.digest, .draining) }
                let isRight = check.book.verify(user: check.user, password: check.password, digest: check.digest)
                settle(check.digest, isRight ? nil : refusal)
            }
        }
        return promise.futureResult
    }

    private func settle(_ digest: [UInt8], _ outcome: PushError?) {
        let promises = state.withLock { $0.waiting.removeValue(forKey: digest) ?? [] }
        for promise in promises { promise.succeed(outcome) }
    }

    /// Looks at no more; who waits is told that the collector ends.
    ///
    /// A look that is under way may take a second and more; nobody waits for what comes of it.
    func close() {
        let (wasStarted, waiting) = state.withLock { state in
            defer { (state.isClosed, state.isStarted, state.waiting) = (true, false, [:]) }
            return (state.isStarted, state.waiting.values.flatMap(\.self))
        }
        for promise in waiting { promise.succeed(.draining) }
        if wasStarted { pool.shutdownGracefully { _ in } }
    }
}
