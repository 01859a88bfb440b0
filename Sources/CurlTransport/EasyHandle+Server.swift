import Bytes
import CCurl
import Settings

extension EasyHandle {
    /// A connection attempt is given up after this, or after `remote_timeout` where that is shorter.
    private static let connectTimeout = Duration.seconds(10)

    /// Sets what all requests to a server have in common, but for what is in files.
    mutating func configure(for server: Server, userAgent: String) throws(TransportError) {
        try aim(at: server.target)
        try set(CURLOPT_POST, 1)
        try set(CURLOPT_USERAGENT, userAgent)
        // Over TLS, where the server offers it; without TLS nobody speaks HTTP/2.
        let version = server.enableHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        try set(CURLOPT_HTTP_VERSION, version)
        try limit(to: server.timeout)
        try set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(min(server.timeout, Self.connectTimeout)))
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_DNS_SHUFFLE_ADDRESSES, server.roundRobinDNS ? 1 : 0)
        // The thread takes no signals; and a name server that is silent does not keep the process from ending.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_QUICK_EXIT, 1)
        try confine()
        try pass(server)
        try speak(server.tls)
    }

    /// Makes requests go to a target.
    mutating func aim(at target: Target) throws(TransportError) {
        try set(CURLOPT_URL, target.url)
        try connect(to: target.connectTo)
    }

    /// Gives requests so much time.
    func limit(to time: Duration) throws(TransportError) { try set(CURLOPT_TIMEOUT_MS, milliseconds(time)) }

    /// Keeps requests to what was configured: no other protocol, no redirect that nobody has looked at.
    private func confine() throws(TransportError) {
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_FOLLOWLOCATION, 0)
    }

    /// Sends requests by way of a proxy, or of none, whatever the environment says.
    private mutating func pass(_ server: Server) throws(TransportError) {
        try set(CURLOPT_PROXY, server.proxy.url)
        try set(CURLOPT_NOPROXY, server.proxy.exceptions)
        guard server.proxy.isUsed else { return }
        // What a proxy answers to CONNECT is not the server's answer.
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        try tunnel(HeaderList(lines: server.tunnelLines))
    }

    /// The versions of TLS that are spoken.
    private func speak(_ tls: TLS) throws(TransportError) {
        let least = [TLSVersion.tls10: 4, .tls11: 5, .tls12: 6, .tls13: 7][tls.minVersion] ?? 6
        let most = [TLSVersion.tls10: 4, .tls11: 5, .tls12: 6, .tls13: 7][tls.maxVersion] ?? 7
        try set(CURLOPT_SSLVERSION, least | most << 16)
        // OpenSSL has what the old versions need only for those who ask for no security.
        if least < 6 { try set(CURLOPT_SSL_CIPHER_LIST, "DEFAULT@SECLEVEL=0") }
        guard tls.insecureSkipVerify else { return }
        for option in [CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST] { try set(option, 0) }
        for option in [CURLOPT_PROXY_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYHOST] { try set(option, 0) }
    }

    /// Sets whom to trust, the system's authorities or others instead, not besides; and how to be known.
    func trust(_ tls: TLS, _ files: WatchedFiles) throws(Withheld) {
        do {
            let authorities = try files.bytes(tls.ca, file: tls.caFile)
            try set(CURLOPT_CAINFO_BLOB, authorities)
            try set(CURLOPT_PROXY_CAINFO_BLOB, authorities)
            try set(CURLOPT_SSLCERT_BLOB, try files.bytes(tls.cert, file: tls.certFile))
            try set(CURLOPT_SSLKEY_BLOB, try files.bytes(tls.key?.revealed, file: tls.keyFile))
            // Without one libcurl asks OpenSSL to ask for it, which ends the process where a key has a pass phrase.
            try set(CURLOPT_KEYPASSWD, "")
        } catch let error as Withheld {
            throw error
        } catch {
            throw Withheld("tls_config cannot be used: \(error)")
        }
    }

    private func milliseconds(_ duration: Duration) -> Int {
        // 0 would mean no limit at all.
        max(1, Int((duration / .milliseconds(1)).rounded(.up)))
    }
}
