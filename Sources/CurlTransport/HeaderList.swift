import CCurl

/// A list of request headers as libcurl reads it, owned.
@safe
struct HeaderList: ~Copyable {
    // Safe: grown only here, freed in `deinit`, lent only for the length of a call.
    private var head: UnsafeMutablePointer<curl_slist>?

    /// The headers that all remote-write requests of a version have (specifications, section "Protocol").
    ///
    /// - Parameters:
    ///   - type: the `Content-Type`, and by it the message.
    ///   - version: the version of the protocol.
    static func protocolLines(type: String = "application/x-protobuf", version: String = "0.1.0") -> [String] {
        [
            "Content-Encoding: snappy",
            "Content-Type: \(type)",
            "X-Prometheus-Remote-Write-Version: \(version)",
            // libcurl would wait for a 100 Continue before larger bodies.
            "Expect:",
        ]
    }

    /// The headers of a remote-write request: those of the protocol, and further ones.
    ///
    /// - Parameter attempt: from the second on it is told to the receiver, as Prometheus does.
    init(_ protocolLines: [String] = Self.protocolLines(), attempt: Int, further: [String] = []) throws(TransportError)
    {
        let retry = attempt > 1 ? ["Retry-Attempt: \(attempt - 1)"] : []
        try self.init(lines: protocolLines + retry + further)
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
