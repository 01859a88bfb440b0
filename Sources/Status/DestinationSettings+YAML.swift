import Settings

// A destination's settings, for people. Secrets are `<secret>`, and so are all values of headers: they are where tokens are
// put by habit.
extension DestinationSettings {
    func write(to yaml: inout YAMLText) {
        yaml.add(text: "url", redactedURL)
        yaml.add(text: "name", displayName)
        yaml.add("required", required)
        yaml.add("remote_timeout", remoteTimeout)
        yaml.add("protobuf_message", protobufMessage.rawValue)
        yaml.add("send_exemplars", sendExemplars)
        yaml.add("send_native_histograms", sendNativeHistograms)
        yaml.section("metadata_config") { yaml in
            yaml.add("send", metadata.send)
            yaml.add("send_interval", metadata.sendInterval)
            yaml.add("max_samples_per_send", metadata.maxSamplesPerSend)
        }
        yaml.items("write_relabel_configs", relabelRules) { $1.write(to: &$0) }
        yaml.add("max_cache_size", maxCacheSize)
        if !headers.isEmpty { yaml.section("headers") { $0.add(headers) } }
        yaml.add("http_headers", httpHeaders)
        writeAuthentication(to: &yaml)
        if tls != TLS() { yaml.section("tls_config") { tls.write(to: &$0) } }
        proxy.write(to: &yaml)
        yaml.add("follow_redirects", followRedirects)
        yaml.add("enable_http2", enableHTTP2)
        yaml.add("round_robin_dns", roundRobinDNS)
        yaml.add("failed_request_logging", failedRequestLogging)
        yaml.section("queue_config") { queue.write(to: &$0) }
    }

    private func writeAuthentication(to yaml: inout YAMLText) {
        if let basicAuth { yaml.section("basic_auth") { basicAuth.write(to: &$0) } }
        if let authorization { yaml.section("authorization") { authorization.write(to: &$0) } }
        yaml.add(secret: "bearer_token", bearerToken)
        yaml.add(text: "bearer_token_file", bearerTokenFile)
        if let oauth2 { yaml.section("oauth2") { oauth2.write(to: &$0) } }
        if let sigv4 { yaml.section("sigv4") { sigv4.write(to: &$0) } }
    }
}

extension BasicAuth {
    func write(to yaml: inout YAMLText) {
        yaml.add(text: "username", username)
        yaml.add(text: "username_file", usernameFile)
        yaml.add(secret: "password", password)
        yaml.add(text: "password_file", passwordFile)
    }
}

extension Authorization {
    func write(to yaml: inout YAMLText) {
        yaml.add(text: "type", type)
        yaml.add(secret: "credentials", credentials)
        yaml.add(text: "credentials_file", credentialsFile)
    }
}

extension OAuth2 {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add(text: "client_id", clientID)
        yaml.add(secret: "client_secret", clientSecret)
        yaml.add(text: "client_secret_file", clientSecretFile)
        yaml.add("grant_type", grantType.rawValue)
        yaml.add(list: "scopes", scopes)
        yaml.add(text: "token_url", (try? DestinationURL(tokenURL))?.redacted ?? "")
        if !endpointParams.isEmpty { yaml.section("endpoint_params") { $0.add(endpointParams) } }
        if tls != TLS() { yaml.section("tls_config") { tls.write(to: &$0) } }
        proxy.write(to: &yaml)
    }
}

extension SigV4 {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add(text: "region", region)
        yaml.add(text: "access_key", accessKey)
        yaml.add(secret: "secret_key", secretKey)
        yaml.add(text: "profile", profile)
        yaml.add(text: "role_arn", roleARN)
        yaml.add(text: "external_id", externalID)
        yaml.add("use_fips_sts_endpoint", usesFIPSEndpoint)
        yaml.add(text: "service_name", serviceName)
    }
}

extension TLS {
    func write(to yaml: inout YAMLText) {
        // Not secret, but long, and a file may hold a key beside its certificate.
        yaml.add(secret: "ca", ca.map(Secret.init))
        yaml.add(text: "ca_file", caFile)
        yaml.add(secret: "cert", cert.map(Secret.init))
        yaml.add(text: "cert_file", certFile)
        yaml.add(secret: "key", key)
        yaml.add(text: "key_file", keyFile)
        yaml.add(text: "server_name", serverName)
        yaml.add("insecure_skip_verify", insecureSkipVerify)
        yaml.add("min_version", minVersion.rawValue)
        yaml.add("max_version", maxVersion.rawValue)
    }
}

extension Proxy {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add(secret: "proxy_url", url)
        yaml.add(text: "no_proxy", noProxy)
        yaml.add("proxy_from_environment", fromEnvironment)
        yaml.add("proxy_connect_header", connectHeader)
    }
}

extension Queue {
    fileprivate func write(to yaml: inout YAMLText) {
        yaml.add("max_queue_size", maxQueueSize)
        yaml.add("capacity", capacity)
        yaml.add("min_shards", minShards)
        yaml.add("max_shards", maxShards)
        yaml.add("max_samples_per_send", maxSamplesPerSend)
        yaml.add("batch_send_deadline", batchSendDeadline)
        yaml.add("min_backoff", minBackoff)
        yaml.add("max_backoff", maxBackoff)
        yaml.add("retry_on_http_429", retryOnHTTP429)
        yaml.add("sample_age_limit", sampleAgeLimit)
    }
}

extension YAMLText {
    /// Names, and `<secret>` for each value.
    mutating func add(_ headers: [Header]) {
        for header in headers { add(secret: Self.scalar(header.name), header.value) }
    }

    /// Names, and `<secret>` for each value; files by their names.
    fileprivate mutating func add(_ key: String, _ groups: [HeaderGroup]) {
        guard !groups.isEmpty else { return }
        section(key) { yaml in
            for group in groups {
                yaml.section(group.name) { yaml in
                    let values = group.values.map(Secret.init) + group.secrets
                    if !values.isEmpty { yaml.add("values", "[\(values.map(\.description).joined(separator: ", "))]") }
                    if !group.files.isEmpty { yaml.add(list: "files", group.files) }
                }
            }
        }
    }
}
