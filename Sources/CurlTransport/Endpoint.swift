import CCurl

/// Where a destination is, as far as it may be shown: host and port, without path, user and password.
struct Endpoint: Sendable, Equatable {
    /// The host, IPv6 addresses in brackets.
    var host: String
    /// The port, the scheme's own where the URL names none.
    var port: String

    /// `host:port`.
    var name: String { "\(host):\(port)" }
}

extension Endpoint {
    /// Reads a URL as libcurl does; nil where it is none of `http` or `https`.
    init?(url: String) {
        guard let handle = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(handle) }
        guard unsafe curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
            let scheme = unsafe Self.part(CURLUPART_SCHEME, of: handle), ["http", "https"].contains(scheme),
            let host = unsafe Self.part(CURLUPART_HOST, of: handle),
            let port = unsafe Self.part(CURLUPART_PORT, of: handle)
        else { return nil }
        self.host = host
        self.port = port
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        let flags = UInt32(CURLU_DEFAULT_PORT)
        guard unsafe curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
