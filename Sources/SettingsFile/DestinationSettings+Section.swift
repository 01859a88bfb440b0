import Settings

extension DestinationSettings {
    /// Reads the keys that say how the destination is reached.
    mutating func readClient(_ section: inout Section) {
        section.read("headers", into: &headers, as: .headers)
        section.read("http_headers", into: &httpHeaders, as: .headerGroups)
        section.optional("basic_auth", into: &basicAuth, or: BasicAuth()) { $0.read(&$1) }
        section.optional("authorization", into: &authorization, or: Authorization()) { $0.read(&$1) }
        section.read("bearer_token", into: &bearerToken, as: .secret)
        section.read("bearer_token_file", into: &bearerTokenFile, as: .file)
        section.optional("oauth2", into: &oauth2, or: OAuth2()) { $0.read(&$1) }
        section.optional("sigv4", into: &sigv4, or: SigV4()) { $0.read(&$1) }
        section.section("tls_config") { tls.read(&$0) }
        proxy.read(&section)
        section.read("follow_redirects", into: &followRedirects, as: .bool)
        section.read("enable_http2", into: &enableHTTP2, as: .bool)
        section.read("round_robin_dns", into: &roundRobinDNS, as: .bool)
        section.read("failed_request_logging", into: &failedRequestLogging, as: .bool)
    }
}

extension BasicAuth {
    mutating func read(_ section: inout Section) {
        section.read("username", into: &username, as: .text)
        section.read("username_file", into: &usernameFile, as: .file)
        section.read("password", into: &password, as: .secret)
        section.read("password_file", into: &passwordFile, as: .file)
    }
}

extension Authorization {
    mutating func read(_ section: inout Section) {
        section.read("type", into: &type, as: .trimmed)
        section.read("credentials", into: &credentials, as: .secret)
        section.read("credentials_file", into: &credentialsFile, as: .file)
    }
}

extension OAuth2 {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("client_id", into: &clientID, as: .text)
        section.read("client_secret", into: &clientSecret, as: .secret)
        section.read("client_secret_file", into: &clientSecretFile, as: .file)
        section.read("grant_type", into: &grantType, as: .grant)
        section.read("scopes", into: &scopes, as: .list(of: .text))
        section.read("token_url", into: &tokenURL, as: .text)
        section.read("endpoint_params", into: &endpointParams, as: .headers)
        section.section("tls_config") { tls.read(&$0) }
        proxy.read(&section)
    }
}

extension SigV4 {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("region", into: &region, as: .text)
        section.read("access_key", into: &accessKey, as: .text)
        section.read("secret_key", into: &secretKey, as: .secret)
        section.read("profile", into: &profile, as: .text)
        section.read("role_arn", into: &roleARN, as: .text)
        section.read("external_id", into: &externalID, as: .text)
        section.read("use_fips_sts_endpoint", into: &usesFIPSEndpoint, as: .bool)
        section.read("service_name", into: &serviceName, as: .text)
    }
}

extension TLS {
    mutating func read(_ section: inout Section) {
        section.read("ca", into: &ca, as: .text)
        section.read("ca_file", into: &caFile, as: .file)
        section.read("cert", into: &cert, as: .text)
        section.read("cert_file", into: &certFile, as: .file)
        section.read("key", into: &key, as: .secret)
        section.read("key_file", into: &keyFile, as: .file)
        section.read("server_name", into: &serverName, as: .text)
        section.read("insecure_skip_verify", into: &insecureSkipVerify, as: .bool)
        section.read("min_version", into: &minVersion, as: .choice)
        section.read("max_version", into: &maxVersion, as: .choice)
    }
}

extension Proxy {
    fileprivate mutating func read(_ section: inout Section) {
        section.read("proxy_url", into: &url, as: .unexpanded)
        section.read("no_proxy", into: &noProxy, as: .text)
        // As in Prometheus, nothing between quotes is no proxy.
        if url?.revealed == "" { url = nil }
        if noProxy == "" { noProxy = nil }
        section.read("proxy_from_environment", into: &fromEnvironment, as: .bool)
        section.read("proxy_connect_header", into: &connectHeader, as: .secretLists)
    }
}
