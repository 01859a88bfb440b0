import CCurl
import CCurlShim
import Synchronization

/// A curl multi handle, owned: the transfers in flight, and the connections that are kept alive between them.
///
/// For the thread that polls; what others may do, `Alarm` does.
@safe
struct MultiHandle: ~Copyable {
    // Safe: made in `init`, freed in `deinit`; handed out to the alarm alone, which lets go of it before.
    private let handle: UnsafeMutableRawPointer
    private let alarm: Alarm

    /// A handle whose polls this alarm ends.
    ///
    /// The first one of a process takes some ms, for libcurl and what it needs are loaded then.
    init(_ alarm: Alarm) throws(TransportError) {
        guard Self.isLibraryReady, let handle = unsafe curl_multi_init() else { throw .noHandle }
        unsafe self.handle = unsafe UnsafeMutableRawPointer(handle)
        self.alarm = alarm
        unsafe alarm.attach(self.handle)
    }

    deinit {
        alarm.detach()
        _ = unsafe curl_multi_cleanup(handle)
    }

    /// Set up once a process, before any other call.
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Keeps at most so many connections open that are in nobody's use.
    func keep(connections: Int) { unsafe curl_shim_keep_connections(handle, connections) }

    /// Waits for sockets, the alarm, or libcurl's own timers, at most so long.
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
