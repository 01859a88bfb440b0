// What makes no sense among the keys that say how a destination is reached.
extension DestinationSettings {
    func clientContradictions(at path: SettingPath) -> [Contradiction] {
        headerContradictions(at: path) + authenticationContradictions(at: path) + tls.contradictions(at: path)
            + proxy.contradictions(at: path)
    }

    private func headerContradictions(at path: SettingPath) -> [Contradiction] {
        let own = path.key("headers")
        var result = headers.compactMap { header in
            Self.flaw(ofHeader: header.name, [header.value.revealed]).map { Contradiction(own.key(header.name), $0) }
        }
        var seen: Set<String> = []
        result += headers.filter { !seen.insert($0.name.lowercased()).inserted }
            .map { .init(own.key($0.name), .duplicate($0.name)) }
        return result + HeaderGroup.contradictions(of: httpHeaders, at: path.key("http_headers"))
    }

    /// Why a header cannot be set; nil where it can.
    static func flaw(ofHeader name: String, _ values: [String]) -> SettingsError? {
        let lowercased = name.lowercased()
        if lowercased == "authorization" { return .authorizationHeader }
        if HeaderRules.reserved.contains(lowercased) { return .reservedHeader(name) }
        return HeaderRules.isName(name) && values.allSatisfy(\.isHeaderValue) ? nil : .notAHeader
    }

    private func authenticationContradictions(at path: SettingPath) -> [Contradiction] {
        let userinfo = (try? DestinationURL(url))?.userinfo
        let kinds: [(key: String, isThere: Bool)] = [
            ("url", userinfo != nil), ("basic_auth", basicAuth != nil), ("authorization", authorization != nil),
            ("bearer_token", bearerToken != nil), ("bearer_token_file", bearerTokenFile != nil),
            ("oauth2", oauth2 != nil), ("sigv4", sigv4 != nil),
        ]
        let there = kinds.filter(\.isThere).map(\.key)
        var result: [Contradiction] = []
        if there.count > 1 {
            let names = there.map { $0 == "url" ? "user and password in the url" : $0 }
            result.append(.init(path.key(there[1]), .together(names)))
        }
        result += path.checkHeaderValue("bearer_token", bearerToken)
        result += path.checkValue("bearer_token_file", bearerTokenFile)
        result += basicAuth?.contradictions(at: path.key("basic_auth")) ?? []
        result += authorization?.contradictions(at: path.key("authorization")) ?? []
        result += oauth2?.contradictions(at: path.key("oauth2")) ?? []
        return result + (sigv4?.contradictions(at: path.key("sigv4")) ?? [])
    }
}

extension HeaderGroup {
    /// What is wrong with headers that users set.
    ///
    /// - Parameter isForProxy: what is reserved in a request is free in one for a tunnel.
    fileprivate static func contradictions(
        of groups: [HeaderGroup], at path: SettingPath, isForProxy: Bool = false
    ) -> [Contradiction] {
        groups.compactMap { group in
            let values = group.values + group.secrets.map(\.revealed)
            let flaw = DestinationSettings.flaw(ofHeader: isForProxy ? "X-\(group.name)" : group.name, values)
            let isNameless = isForProxy && !HeaderRules.isName(group.name)
            guard let flaw = isNameless ? .notAHeader : flaw else { return nil }
            return Contradiction(path.key(group.name), flaw)
        }
    }
}

extension BasicAuth {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        path.checkOne("username", username != nil, usernameFile != nil)
            + path.checkOne("password", password != nil, passwordFile != nil)
            + path.checkValue("username_file", usernameFile) + path.checkValue("password_file", passwordFile)
    }
}

extension Authorization {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result = path.checkOne("credentials", credentials != nil, credentialsFile != nil)
        if credentials == nil, credentialsFile == nil {
            result.append(.init(path.key("credentials"), .missing(", or credentials_file")))
        }
        if type.lowercased() == "basic" {
            result.append(.init(path.key("type"), .basicType))
        } else if !HeaderRules.isName(type) {
            result.append(.init(path.key("type"), .notAHeader))
        }
        return result + path.checkHeaderValue("credentials", credentials)
            + path.checkValue("credentials_file", credentialsFile)
    }
}

extension OAuth2 {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result = path.checkOne("client_secret", clientSecret != nil, clientSecretFile != nil)
        if clientSecret == nil, clientSecretFile == nil {
            result.append(.init(path.key("client_secret"), .missing(", or client_secret_file")))
        }
        if clientID.isEmpty { result.append(.init(path.key("client_id"), .missing(""))) }
        if tokenURL.isEmpty {
            result.append(.init(path.key("token_url"), .missing("")))
        } else {
            do throws(SettingsError) { _ = try DestinationURL(tokenURL) } catch {
                result.append(.init(path.key("token_url"), error))
            }
        }
        return result + path.checkValue("client_secret_file", clientSecretFile) + tls.contradictions(at: path)
            + proxy.contradictions(at: path)
    }
}

extension SigV4 {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result: [Contradiction] = []
        if accessKey == nil, secretKey != nil { result.append(.init(path.key("secret_key"), .needs("access_key"))) }
        if accessKey != nil, secretKey == nil { result.append(.init(path.key("access_key"), .needs("secret_key"))) }
        if roleARN == nil, externalID != nil { result.append(.init(path.key("external_id"), .needs("role_arn"))) }
        return result + path.checkValue("region", region) + path.checkValue("access_key", accessKey)
            + path.checkValue("secret_key", secretKey?.revealed) + path.checkValue("profile", profile)
            + path.checkValue("role_arn", roleARN) + path.checkValue("external_id", externalID)
            + path.checkValue("service_name", serviceName)
    }
}

extension TLS {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        let path = path.key("tls_config")
        var result = path.checkOne("ca", ca != nil, caFile != nil)
        result += path.checkOne("cert", cert != nil, certFile != nil)
        result += path.checkOne("key", key != nil, keyFile != nil)
        let hasCertificate = cert != nil || certFile != nil
        let hasKey = key != nil || keyFile != nil
        if hasCertificate, !hasKey {
            result.append(.init(path.key(cert == nil ? "cert_file" : "cert"), .needs("key or key_file")))
        }
        if hasKey, !hasCertificate {
            result.append(.init(path.key(key == nil ? "key_file" : "key"), .needs("cert or cert_file")))
        }
        if minVersion.rawValue > maxVersion.rawValue {
            result.append(
                .init(path.key("min_version"), .exceeds(key: "max_version", value: maxVersion.rawValue)))
        }
        return result + path.checkValue("ca", ca) + path.checkValue("ca_file", caFile)
            + path.checkValue("cert_file", certFile) + path.checkValue("key_file", keyFile)
            + path.checkValue("server_name", serverName)
    }
}

extension Proxy {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result: [Contradiction] = []
        if let url, !Self.isURL(url.revealed) { result.append(.init(path.key("proxy_url"), .notAProxy)) }
        if url != nil, fromEnvironment {
            result.append(
                .init(path.key("proxy_from_environment"), .together(["proxy_url", "proxy_from_environment"])))
        }
        if noProxy != nil, fromEnvironment {
            result.append(.init(path.key("no_proxy"), .together(["no_proxy", "proxy_from_environment"])))
        } else if noProxy != nil, url == nil {
            result.append(.init(path.key("no_proxy"), .needs("proxy_url")))
        }
        if !connectHeader.isEmpty, url == nil, !fromEnvironment {
            result.append(.init(path.key("proxy_connect_header"), .needs("proxy_url or proxy_from_environment")))
        }
        let header = path.key("proxy_connect_header")
        return result + HeaderGroup.contradictions(of: connectHeader, at: header, isForProxy: true)
    }
}

extension SettingPath {
    /// A key and the one that names a file in its place: at most one of them.
    fileprivate func checkOne(_ name: String, _ isThere: Bool, _ isFileThere: Bool) -> [Contradiction] {
        guard isThere, isFileThere else { return [] }
        return [.init(key("\(name)_file"), .together([name, "\(name)_file"]))]
    }

    /// A value that is to stand in a header.
    fileprivate func checkHeaderValue(_ name: String, _ value: Secret?) -> [Contradiction] {
        guard let value, !value.revealed.isHeaderValue else { return checkValue(name, value?.revealed) }
        return [.init(key(name), .notAHeader)]
    }

    /// A value that is empty means nothing.
    fileprivate func checkValue(_ name: String, _ value: String?) -> [Contradiction] {
        value?.isEmpty == true ? [.init(key(name), .empty)] : []
    }
}
