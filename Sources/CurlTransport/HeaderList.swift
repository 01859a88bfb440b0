import CCurl

/// A list of request headers as libcurl reads it, owned.
@safe
struct HeaderList: ~Copyable {
    // Safe: grown only here, freed in `deinit`, lent only for the length of a call.
    private var head: UnsafeMutablePointer<curl_slist>?

    /// The headers that all remote-write requests have, version 1.0 (specification, section "Protocol").
    static let protocolLines = [
        "Content-Encoding: snappy",
        "Content-Type: application/x-protobuf",
        "X-Prometheus-Remote-Write-Version: 0.1.0",
        // libcurl would wait for a 100 Continue before larger bodies.
        "Expect:",
    ]

    /// The headers of a remote-write request, and further ones.
    ///
    /// - Parameter attempt: from the second on it is told to the receiver, as Prometheus does.
    init(attempt: Int, further: [String] = []) throws(TransportError) {
        let retry = attempt > 1 ? ["Retry-Attempt: \(attempt - 1)"] : []
        try self.init(lines: Self.protocolLines + retry + further)
    }

    /// These lines.
    init(lines: [String]) throws(TransportError) {
        unsafe head = nil
        for header in lines {
            guard let longer = unsafe curl_slist_append(head, header) else { throw .noHandle }
            unsafe head = longer
        }
    }

    deinit { unsafe curl_slist_free_all(head) }

    /// Lends the list to libcurl, which keeps the pointer: the list has to outlive the transfer.
    func withPointer<Result>(_ body: (UnsafeRawPointer?) -> Result) -> Result {
        unsafe body(UnsafeRawPointer(head))
    }
}
