import CCurl
import CCurlShim

/// A curl easy handle, owned: one request at a time, with the memory that libcurl uses meanwhile.
@safe
struct EasyHandle: ~Copyable {
    // Safe: made in `init` and freed in `deinit`, both pointers; lent only for the length of a call. libcurl reads
    // `body` and `headers` while a transfer is in flight: they change only between transfers, in `prepare`.
    private let handle: UnsafeMutableRawPointer
    private let answer: UnsafeMutablePointer<curl_shim_answer>
    private var body: PinnedBytes
    private let firstHeaders: HeaderList
    private var retryHeaders: HeaderList?

    /// A handle that a `MultiHandle` will call by the number `slot`.
    init(slot: Int) throws(TransportError) {
        let headers = try HeaderList(attempt: 1)
        guard let handle = unsafe curl_easy_init() else { throw .noHandle }
        let answer = UnsafeMutablePointer<curl_shim_answer>.allocate(capacity: 1)
        unsafe answer.initialize(to: curl_shim_answer())
        let isReady = unsafe curl_shim_collect(handle, answer) == CURLE_OK
        guard unsafe isReady && curl_shim_set_slot(handle, slot) == CURLE_OK else {
            unsafe curl_easy_cleanup(handle)
            unsafe answer.deallocate()
            throw .noHandle
        }
        unsafe self.handle = unsafe UnsafeMutableRawPointer(handle)
        unsafe self.answer = unsafe answer
        body = PinnedBytes()
        firstHeaders = headers
        retryHeaders = nil
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe answer.deallocate()
    }

    /// Sets an option that is a number.
    func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(unsafe curl_shim_set_long(handle, option, value))
    }

    /// Sets an option that is a text, which libcurl copies; nil takes back its default.
    func set(_ option: CURLoption, _ value: String?) throws(TransportError) {
        guard let value else {
            return try check(unsafe curl_shim_set_pointer(handle, option, nil))
        }
        try check(unsafe value.withCString { unsafe curl_shim_set_pointer(handle, option, $0) })
    }

    /// Makes the handle ready to send these bytes; they are copied.
    mutating func prepare(_ bytes: [UInt8], attempt: Int) throws(TransportError) {
        unsafe curl_shim_clear(answer)
        body.assign(bytes)
        retryHeaders = attempt > 1 ? try HeaderList(attempt: attempt) : nil
        try unsafe check(body.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_POSTFIELDS, $0) })
        try check(unsafe curl_shim_set_post_size(handle, curl_off_t(bytes.count)))
        try check(useHeaders())
    }

    /// Lends the handle for a call.
    func withHandle<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result { unsafe body(handle) }

    private func useHeaders() -> CURLcode {
        switch retryHeaders {
        case .some(let headers):
            unsafe headers.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_HTTPHEADER, $0) }
        case .none: unsafe firstHeaders.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_HTTPHEADER, $0) }
        }
    }

    private func check(_ code: CURLcode) throws(TransportError) {
        guard code == CURLE_OK else {
            throw .unusableOption(destination: "", reason: unsafe String(cString: curl_easy_strerror(code)))
        }
    }
}

extension EasyHandle {
    /// The status of the final answer whose headers have arrived whole; nil where there is none.
    ///
    /// The body says nothing that counts (remote write 1.0: "MUST ignore"), so that it may break off.
    var status: Int? {
        guard unsafe answer.pointee.headers_complete else { return nil }
        let status = unsafe curl_shim_get_long(handle, CURLINFO_RESPONSE_CODE)
        return status >= 200 ? status : nil
    }

    /// Whether the transfer has failed before any answer on a connection that an earlier one had left open.
    func hasMetDeadConnection(_ code: CURLcode) -> Bool {
        guard code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING else { return false }
        let connects = unsafe curl_shim_get_long(handle, CURLINFO_NUM_CONNECTS)
        return unsafe connects == 0 && !answer.pointee.headers_complete
    }

    /// Makes the next transfer use a new connection, or any.
    ///
    /// - Returns: whether libcurl can.
    func connectAnew(_ isWanted: Bool) -> Bool {
        (try? set(CURLOPT_FRESH_CONNECT, isWanted ? 1 : 0)) != nil
    }

    /// The first bytes of the body, as text.
    var message: String {
        let length = unsafe answer.pointee.message_length
        let bytes = unsafe UnsafeBufferPointer(start: curl_shim_message(answer), count: length)
        return unsafe String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `Retry-After`, in seconds or until a date; nil where it is missing, unreadable or over.
    var retryAfter: Duration? {
        let seconds = unsafe curl_shim_get_off_t(handle, CURLINFO_RETRY_AFTER)
        return seconds > 0 ? .seconds(seconds) : nil
    }

    /// What libcurl knows of a failure; its words may name hosts and files.
    func symptoms(of code: CURLcode) -> FailureReason.Symptoms {
        let text = unsafe String(cString: curl_shim_error(answer))
        return FailureReason.Symptoms(
            code: code,
            text: text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text,
            systemError: unsafe Int32(truncatingIfNeeded: curl_shim_get_long(handle, CURLINFO_OS_ERRNO)),
            didConnect: unsafe curl_shim_get_off_t(handle, CURLINFO_PRETRANSFER_TIME_T) > 0)
    }
}
