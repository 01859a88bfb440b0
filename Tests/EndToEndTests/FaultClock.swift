import Foundation
import Synchronization

/// What threads of the tests' own do with time, and how they are waited for.
enum FaultClock {
    /// Keeps this thread, which must be one of the tests' own, from going on.
    static func sleep(_ duration: Duration) {
        if duration > .zero { Thread.sleep(forTimeInterval: duration / .seconds(1)) }
    }

    static func sleep(until time: ContinuousClock.Instant) { sleep(time - .now) }
}

/// Threads that work side by side until each has ended by itself.
final class FaultThreads: Sendable {
    private let running = Atomic(0)

    func start(_ body: @escaping @Sendable () -> Void) {
        running.add(1, ordering: .acquiringAndReleasing)
        Thread.detachNewThread {
            body()
            self.running.subtract(1, ordering: .acquiringAndReleasing)
        }
    }

    func ended(_ what: String) async throws {
        try await wait(for: what) { running.load(ordering: .acquiring) == 0 }
    }
}
