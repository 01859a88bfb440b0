import CurlTransport
import Ingest
import ServiceLifecycle

/// Says that the process lives, as long as it really does: the event loops and the sender thread have come round.
struct Watchdog: Service, CustomStringConvertible {
    var description: String { "watchdog" }

    let interval: Duration
    let server: PushServer
    let thread: SenderThread
    let tell: @Sendable () -> Void

    func run() async throws {
        let (server, thread, tell) = (server, thread, tell)
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Whoever hangs keeps this task waiting, the service manager hears nothing more, and the end is not held up.
                Task {
                    await server.beat()
                    await thread.beat()
                    tell()
                }
                try await Task.sleep(for: interval)
            }
        }
    }
}
