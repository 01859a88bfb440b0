import CCurlShim
import Glibc

/// A thread of the system's, for work that blocks: libcurl's poll must not hold a thread that tasks share.
enum PlatformThread {
    private final class Work {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a thread of its own that takes no signals; nothing waits for its end.
    static func detach(name: String, _ body: @escaping @Sendable () -> Void) throws(TransportError) {
        let work = Work {
            // With CURLOPT_NOSIGNAL, libcurl leaves SIGPIPE to us, and OpenSSL writes to sockets that may be gone.
            blockSignals()
            unsafe name.withCString { unsafe curl_shim_name_thread($0) }
            body()
        }
        let context = unsafe Unmanaged.passRetained(work)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context { unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .noThread(code: code)
        }
        pthread_detach(thread)
    }

    /// Lets other threads have the processor that wait for one.
    static func giveWay() { sched_yield() }

    private static func blockSignals() {
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
