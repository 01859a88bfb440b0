import CCurl
import Settings

extension EasyHandle {
    /// A connection attempt is given up after this, or after `remote_timeout` where that is shorter.
    private static let connectTimeout = Duration.seconds(10)

    /// Sets what all requests to a destination have in common.
    func configure(for settings: DestinationSettings, userAgent: String) throws(TransportError) {
        try set(CURLOPT_URL, settings.url)
        try set(CURLOPT_POST, 1)
        try set(CURLOPT_USERAGENT, userAgent)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_TIMEOUT_MS, milliseconds(settings.remoteTimeout))
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(min(settings.remoteTimeout, Self.connectTimeout)))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        // The thread takes no signals; and a name server that is silent does not keep the process from ending.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_QUICK_EXIT, 1)
        try confine()
        try trust(settings.tls)
    }

    /// Keeps requests to the URL that was configured: no other protocol, no redirect, no proxy of the environment's.
    private func confine() throws(TransportError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_NOPROXY, "*")
    }

    /// The system's authorities; or a file of others instead, not besides; or none.
    private func trust(_ tls: TLS) throws(TransportError) {
        if let file = tls.caFile {
            try set(CURLOPT_CAINFO, file)
            try set(CURLOPT_CAPATH, nil)
        }
        if tls.insecureSkipVerify {
            try set(CURLOPT_SSL_VERIFYPEER, 0)
            try set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        // 0 would mean no limit at all.
        max(1, Int((duration / .milliseconds(1)).rounded(.up)))
    }
}
