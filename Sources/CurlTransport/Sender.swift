public import Delivery
public import ServiceLifecycle
import Synchronization

/// The sender thread as a service: it delivers until it is told to stop, and then drains.
public final class Sender: Service, CustomStringConvertible {
    /// What the log calls it.
    public var description: String { "sender" }

    /// The first one; its roster is that of all.
    private let outbox: Outbox
    private let thread: SenderThread
    private let drainTime: Mutex<Duration>
    private let lost = Atomic(0)

    /// A sender for an outbox that wakes this thread.
    ///
    /// - Parameter drainTimeout: how long samples are still delivered once the process is to end.
    public init(outbox: Outbox, thread: SenderThread, drainTimeout: Duration) {
        self.outbox = outbox
        self.thread = thread
        drainTime = Mutex(drainTimeout)
    }

    /// The samples that were given up, counted for each destination; true once `run` has returned.
    public var undelivered: Int { lost.load(ordering: .acquiring) }

    /// How long samples are still delivered once the process is to end.
    public var drainTimeout: Duration {
        get { drainTime.withLock { $0 } }
        set { drainTime.withLock { $0 = newValue } }
    }

    /// From now on there is only the time to drain, though pushes may still come.
    public func limitTime() { thread.stop(by: .now + drainTimeout) }

    /// Delivers until graceful shutdown, then at most for the time to drain; cancelled, it gives up at once.
    ///
    /// To be called once, by a service group.
    public func run() async throws {
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await deliver()
                // Where its time is over first, others finish still: a service that ends unbidden ends them all.
                try? await gracefulShutdown()
            } onGracefulShutdown: {
                self.outbox.close()
                self.limitTime()
            }
        } onCancel: {
            outbox.close()
            thread.stop(by: .now)
        }
    }

    private func deliver() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            do {
                try PlatformThread.detach(name: "sender") { [self] in
                    continuation.resume(with: Result { try work() })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    private func work() throws(TransportError) {
        // Where it cannot run, nothing is to be taken that nobody will deliver.
        defer { outbox.close() }
        do throws(TransportError) {
            lost.store(try thread.run(outbox.roster), ordering: .releasing)
        } catch {
            outbox.close()
            let waiting = outbox.roster.members.map { $0.status(at: .now).queue.samples }
            lost.store(waiting.reduce(0, +), ordering: .releasing)
            throw error
        }
    }
}
