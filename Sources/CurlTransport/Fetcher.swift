public import Discovery
public import ServiceLifecycle

/// The thread that fetches as a service: it ends with the process, and what is under way is given up.
public final class Fetcher: Service, CustomStringConvertible {
    /// What the log calls it.
    public var description: String { "fetcher" }

    private let thread: FetchThread
    private let clients: [FetchClient]
    private let makePlan: @Sendable () -> any FetchPlan

    /// A service that runs a thread.
    ///
    /// - Parameters:
    ///   - clients: how servers are spoken to; requests name them by their index.
    ///   - makePlan: is called once, on that thread, which alone has what it makes.
    public init(
        thread: FetchThread, clients: [FetchClient], plan makePlan: @escaping @Sendable () -> any FetchPlan
    ) {
        self.thread = thread
        self.clients = clients
        self.makePlan = makePlan
    }

    /// Fetches until graceful shutdown or cancellation; to be called once, by a service group.
    public func run() async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await work()
            } onGracefulShutdown: {
                self.thread.stop()
            }
        } onCancel: {
            thread.stop()
        }
    }

    private func work() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do {
                try PlatformThread.detach(name: "scraper") { [self] in
                    continuation.resume(with: Result { try thread.run(makePlan(), as: clients) })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
