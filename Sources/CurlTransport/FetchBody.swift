import CCurlShim

/// How many bytes of fetched bodies may be in memory together, as libcurl receives them; for one thread.
@safe
final class FetchBudget {
    // Safe: allocated in `init`, freed in `deinit`, after all bodies, which hold the budget.
    fileprivate let memory: UnsafeMutablePointer<curl_shim_budget>

    /// Room for so many bytes.
    init(limit: Int) {
        unsafe memory = .allocate(capacity: 1)
        unsafe memory.initialize(to: curl_shim_budget(held: 0, limit: limit))
    }

    deinit { unsafe memory.deallocate() }

    /// How many are held.
    var held: Int { unsafe memory.pointee.held }
}

/// The body of an answer, owned: as long as its limit and the budget of all let it be.
@safe
struct FetchBody: ~Copyable {
    // Safe: allocated in `init`, freed in `deinit`; libcurl writes to it while a transfer is in flight, on the same thread.
    private let body: UnsafeMutablePointer<curl_shim_body>
    private let budget: FetchBudget

    /// A body of at most so many bytes.
    init(limit: Int, within budget: FetchBudget) {
        self.budget = budget
        unsafe body = .allocate(capacity: 1)
        unsafe body.initialize(to: curl_shim_body())
        unsafe body.pointee.limit = limit
        unsafe body.pointee.budget = unsafe budget.memory
    }

    deinit {
        unsafe curl_shim_release_body(body)
        unsafe body.deallocate()
    }

    /// Whether more came than there was room for.
    var isOver: Bool { unsafe body.pointee.is_over }

    /// What has come since the last call; its memory is given back.
    func take() -> [UInt8] {
        defer { unsafe curl_shim_release_body(body) }
        return unsafe Array(UnsafeBufferPointer(start: body.pointee.bytes, count: body.pointee.length))
    }

    /// Lends the body to libcurl, which keeps the pointer.
    func withPointer<Result>(_ use: (UnsafeMutablePointer<curl_shim_body>) -> Result) -> Result { unsafe use(body) }
}
