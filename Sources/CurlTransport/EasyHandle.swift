import CCurl
import CCurlShim

/// A curl easy handle, owned: one request at a time, with the memory that libcurl uses meanwhile.
@safe
struct EasyHandle: ~Copyable {
    // Safe: made in `init` and freed in `deinit`, all pointers; lent only for the length of a call. libcurl reads `body`
    // and the lists while a transfer is in flight: they change only between transfers.
    private let handle: UnsafeMutableRawPointer
    private let answer: UnsafeMutablePointer<curl_shim_answer>
    private let message: UnsafeMutableBufferPointer<CChar>
    private var body: PinnedBytes
    private var standingHeaders: HeaderList
    private var headers: HeaderList?
    private var tunnelHeaders: HeaderList?
    private var connectTo: HeaderList?

    /// A handle that a `MultiHandle` will call by the number `slot`.
    ///
    /// - Parameter messageLimit: how much of an answer's body is kept, in bytes.
    init(slot: Int, messageLimit: Int = 512) throws(TransportError) {
        let headers = try HeaderList(attempt: 1)
        guard let handle = unsafe curl_easy_init() else { throw .noHandle }
        let answer = UnsafeMutablePointer<curl_shim_answer>.allocate(capacity: 1)
        let message = UnsafeMutableBufferPointer<CChar>.allocate(capacity: messageLimit)
        unsafe answer.initialize(to: curl_shim_answer())
        unsafe answer.pointee.message = message.baseAddress
        unsafe answer.pointee.message_size = messageLimit
        let isReady = unsafe curl_shim_collect(handle, answer) == CURLE_OK
        guard unsafe isReady && curl_shim_set_slot(handle, slot) == CURLE_OK else {
            unsafe curl_easy_cleanup(handle)
            unsafe answer.deallocate()
            unsafe message.deallocate()
            throw .noHandle
        }
        unsafe self.handle = unsafe UnsafeMutableRawPointer(handle)
        unsafe self.answer = unsafe answer
        unsafe self.message = unsafe message
        body = PinnedBytes()
        standingHeaders = headers
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        unsafe answer.deallocate()
        unsafe message.deallocate()
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

    /// Sets an option that is a file's content, which libcurl copies; nil takes back its default.
    func set(_ option: CURLoption, _ bytes: [UInt8]?) throws(TransportError) {
        guard let bytes else { return try check(unsafe curl_shim_set_bytes(handle, option, nil, 0)) }
        try check(unsafe bytes.withUnsafeBytes { unsafe curl_shim_set_bytes(handle, option, $0.baseAddress, $0.count) })
    }

    /// Keeps headers for all requests that have none of their own.
    mutating func keep(_ headers: consuming HeaderList) { standingHeaders = headers }

    /// Makes the next transfer send these headers, and not those that it keeps.
    mutating func use(_ list: consuming HeaderList) throws(TransportError) {
        headers = consume list
        try check(useHeaders())
    }

    /// Makes a proxy that is asked for a tunnel see these headers, and no others of ours.
    mutating func tunnel(_ list: consuming HeaderList) throws(TransportError) {
        tunnelHeaders = consume list
        let code = unsafe tunnelHeaders?.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_PROXYHEADER, $0) }
        try check(code ?? CURLE_OK)
    }

    /// Makes connections go elsewhere than the URL says; nil: where it says.
    mutating func connect(to place: String?) throws(TransportError) {
        guard place != nil || connectTo != nil else { return }
        let list = try HeaderList(lines: place.map { [$0] } ?? [])
        try check(unsafe list.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_CONNECT_TO, $0) })
        connectTo = consume list
    }

    /// Makes the handle ready to send these bytes, which are copied, with the headers that it keeps.
    mutating func prepare(_ bytes: [UInt8]) throws(TransportError) {
        forgetAnswer()
        body.assign(bytes)
        headers = nil
        try unsafe check(body.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_POSTFIELDS, $0) })
        try check(unsafe curl_shim_set_post_size(handle, curl_off_t(bytes.count)))
        try check(useHeaders())
    }

    /// Makes the handle ready for an answer.
    func forgetAnswer() { unsafe curl_shim_clear(answer) }

    /// Lends the handle for a call.
    func withHandle<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result { unsafe body(handle) }

    private func useHeaders() -> CURLcode {
        switch headers {
        case .some(let headers):
            unsafe headers.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_HTTPHEADER, $0) }
        case .none: unsafe standingHeaders.withPointer { unsafe curl_shim_set_pointer(handle, CURLOPT_HTTPHEADER, $0) }
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

    /// Whether headers have come that say what was stored; to look for each of them takes longer.
    var maySayWritten: Bool { unsafe answer.pointee.may_say_written }

    /// Where the answer redirects to, as a whole URL; nil where it does not.
    var redirect: String? {
        unsafe curl_shim_get_text(handle, CURLINFO_REDIRECT_URL).map { unsafe String(cString: $0) }
    }

    /// What a proxy answered that was asked for a tunnel; nil where none was.
    var tunnelStatus: Int? {
        let status = unsafe curl_shim_get_long(handle, CURLINFO_HTTP_CONNECTCODE)
        return status > 0 ? status : nil
    }

    /// Whether the transfer has failed before any answer on a connection that an earlier one had left open.
    func hasMetDeadConnection(_ code: CURLcode) -> Bool {
        let codes = [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM]
        guard codes.contains(code) else { return false }
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
    var text: String {
        let length = unsafe answer.pointee.message_length
        let bytes = unsafe UnsafeBufferPointer(start: answer.pointee.message, count: length)
        return unsafe String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// `Retry-After`, in seconds or until a date; nil where it is missing, unreadable or over.
    var retryAfter: Duration? {
        let seconds = unsafe curl_shim_get_off_t(handle, CURLINFO_RETRY_AFTER)
        return Self.wait(seconds)
    }

    /// What is waited of so many seconds that a server asks for; nil: nothing.
    ///
    /// An hour at most: who means the year 9999 means no wait at all, and a shard would not be heard of again.
    static func wait(_ seconds: Int) -> Duration? { seconds > 0 ? .seconds(min(seconds, 3_600)) : nil }

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
