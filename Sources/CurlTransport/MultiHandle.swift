import CCurl
import CCurlShim
import Synchronization

/// A curl multi handle, owned: the transfers in flight, and the connections that are kept alive between them.
///
/// Only `wake` is for any thread; everything else is for the one that polls.
@safe
struct MultiHandle: ~Copyable, Sendable {
    // Safe: made in `init`, freed in `deinit`, never handed out; libcurl lets other threads call only `curl_multi_wakeup`.
    private nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    init() throws(TransportError) {
        guard Self.isLibraryReady, let handle = unsafe curl_multi_init() else { throw .noHandle }
        unsafe self.handle = unsafe UnsafeMutableRawPointer(handle)
    }

    deinit { _ = unsafe curl_multi_cleanup(handle) }

    /// Set up once a process, before any other call.
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Keeps at most so many connections open that are in nobody's use.
    func keep(connections: Int) { unsafe curl_shim_keep_connections(handle, connections) }

    /// Makes the current or the next `poll` return at once; any thread.
    func wake() { _ = unsafe curl_multi_wakeup(handle) }

    /// Waits for sockets, a wake, or libcurl's own timers, at most so long.
    func poll(atMost wait: Duration) {
        let milliseconds = Int32(clamping: Int((wait / .milliseconds(1)).rounded(.up)))
        _ = unsafe curl_multi_poll(handle, nil, 0, milliseconds, nil)
    }

    /// Reads and writes what can be without waiting.
    func perform() {
        var running: Int32 = 0
        _ = unsafe curl_multi_perform(handle, &running)
    }

    /// Begins the transfer that an easy handle was prepared for.
    func add(_ easy: borrowing EasyHandle) -> Bool {
        unsafe easy.withHandle { easy in unsafe curl_multi_add_handle(handle, easy) == CURLM_OK }
    }

    /// Takes back an easy handle whose transfer is over or given up.
    func remove(_ easy: borrowing EasyHandle) {
        unsafe easy.withHandle { easy in _ = unsafe curl_multi_remove_handle(handle, easy) }
    }

    /// A transfer that is over: the slot its easy handle was given, and how it ended.
    func nextDone() -> (slot: Int, result: CURLcode)? {
        var easy: UnsafeMutableRawPointer?
        var result = CURLE_OK
        guard unsafe curl_shim_next_done(handle, &easy, &result) else { return nil }
        return (unsafe Int(curl_shim_get_slot(easy)), result)
    }
}
