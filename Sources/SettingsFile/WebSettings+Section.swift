import Settings

extension WebSettings {
    /// Reads the file's keys over the defaults.
    mutating func read(_ file: inout Section) {
        file.section("tls_server_config") { section in
            let isGiven = ServerTLS.names.contains { section.has($0) }
            var read = ServerTLS()
            read.read(&section)
            guard isGiven else { return }
            tls = read
        }
        file.section("http_server_config") { section in
            section.read("http2", into: &headers, as: .withoutHTTP2)
            section.read("headers", into: &headers, as: .webHeaders)
        }
        file.read("basic_auth_users", into: &users, as: .users)
        file.section("rate_limit") { rateLimit = RateLimit.read(&$0) }
        file.finish()
    }
}

extension RateLimit {
    fileprivate static func read(_ section: inout Section) -> RateLimit? {
        let hasInterval = section.has("interval")
        var (interval, burst) = (Duration.zero, 0)
        section.read("interval", into: &interval, as: .duration)
        section.read("burst", into: &burst, as: .count)
        guard interval > .zero else {
            if burst > 0, !hasInterval { section.refuse("burst", "means nothing without interval") }
            return nil
        }
        guard burst > 0 else {
            section.refuse("rate_limit", "burst must be at least 1, or no request ever comes in")
            return nil
        }
        return RateLimit(interval: interval, burst: burst)
    }
}

extension ServerTLS {
    /// The keys of `tls_server_config`.
    fileprivate static let names = [
        "cert", "cert_file", "key", "key_file", "client_auth_type", "client_ca", "client_ca_file",
        "client_allowed_sans", "min_version", "max_version", "cipher_suites", "curve_preferences",
        "prefer_server_cipher_suites",
    ]

    fileprivate mutating func read(_ section: inout Section) {
        let isGiven = Self.names.contains { section.has($0) }
        var read = section
        if let own = read.credential("cert", isNeeded: isGiven) { certificate = own }
        if let own = read.credential("key", isNeeded: isGiven) { key = own }
        clientAuthorities = read.credential("client_ca", isNeeded: false)
        read.read("client_auth_type", into: &clientAuthentication, as: .choice)
        read.read("client_allowed_sans", into: &clientAllowedNames, as: .list(of: .text))
        read.read("min_version", into: &minVersion, as: .choice)
        read.read("max_version", into: &maxVersion, as: .choice)
        read.read("cipher_suites", into: &cipherSuites, as: .list(of: .cipherSuite))
        read.read("curve_preferences", into: &curves, as: .list(of: .choice))
        read.read("prefer_server_cipher_suites", into: &cipherSuites, as: .withoutServerPreference)
        section = read
        checkTogether(section)
    }

    private func checkTogether(_ section: Section) {
        if clientAuthorities != nil, clientAuthentication == .none {
            section.refuse("client_ca_file", "client authorities mean nothing without client_auth_type")
        }
        if !clientAllowedNames.isEmpty, !clientAuthentication.isRequired {
            section.refuse(
                "client_allowed_sans",
                "needs client_auth_type RequireAndVerifyClientCert or RequireAnyClientCert: others have no certificate")
        }
        if let min = TLSVersion.allCases.firstIndex(of: minVersion),
            let max = TLSVersion.allCases.firstIndex(of: maxVersion), min > max
        {
            section.refuse("min_version", "must not exceed max_version, which is \(maxVersion.rawValue)")
        }
    }
}

extension Section {
    /// Reads one of `name` and `name_file`.
    fileprivate mutating func credential(_ name: String, isNeeded: Bool) -> Credential? {
        let hasBoth = has(name) && has(name + "_file")
        var text: Secret?
        var file: String?
        let isThere = has(name) || has(name + "_file")
        read(name, into: &text, as: .unexpanded)
        read(name + "_file", into: &file, as: .file)
        if file == "" { file = nil }
        if text?.revealed == "" { text = nil }
        if hasBoth { refuse(name, "at most one of \(name), \(name)_file can be used") }
        if isNeeded, !isThere { refuse(name + "_file", "\(name)_file or \(name) is missing") }
        return Credential(text, file: file)
    }
}

extension Reading where Value == CipherSuite {
    fileprivate static var cipherSuite: Self {
        .init { field in
            if case .scalar(let text, _) = field.node.content,
                text.hasPrefix("TLS_AES") || text.hasPrefix("TLS_CHACHA20")
            {
                return field.refuse("not supported (the suites of TLS 1.3 are always there)")
            }
            return Reading.choice.read(field)
        }
    }
}

extension Reading where Value == [CipherSuite] {
    /// Only `false`: what the server prefers cannot be said to the TLS library; no value of its own.
    fileprivate static var withoutServerPreference: Self {
        .init { field in
            guard Reading<Bool>.bool.read(field) == true else { return nil }
            return field.refuse("not supported (of cipher_suites the client's preference counts, as with false)")
        }
    }
}

extension Reading where Value == [WebHeader] {
    /// Only `false`; no value of its own.
    fileprivate static var withoutHTTP2: Self {
        .init { field in
            guard Reading<Bool>.bool.read(field) == true else { return nil }
            return field.refuse("not supported (the server speaks HTTP/1.1, as with false)")
        }
    }

    /// The headers that exporter-toolkit lets one choose; empty ones are none.
    fileprivate static var webHeaders: Self {
        mapping { text, field -> WebHeader? in
            guard let name = WebHeader.Name(rawValue: text) else {
                let names = WebHeader.Name.allCases.map(\.rawValue).joined(separator: ", ")
                return field.refuse("this header cannot be set; possible here: \(names)")
            }
            guard let value = Reading<String>.text.read(field) else { return nil }
            guard value.isHeaderValue, value.utf8.allSatisfy({ $0 < 0x7F }) else {
                return field.refuse("is no header: a value has one line of ASCII")
            }
            let choices: [String] =
                switch name {
                case .frameOptions: ["deny", "sameorigin"]
                case .contentTypeOptions: ["nosniff"]
                default: []
                }
            guard value.isEmpty || choices.isEmpty || choices.contains(value) else {
                return field.expected("one of \(choices.joined(separator: ", "))")
            }
            return WebHeader(name, value)
        }.withoutEmpty
    }

    private var withoutEmpty: Self { .init { field in read(field)?.filter { !$0.value.isEmpty } } }
}

extension Reading where Value == [String: BcryptHash] {
    /// Names and hashes; nothing is none.
    fileprivate static var users: Self {
        .init { field in
            guard !field.node.isNull else { return [:] }
            return Reading<[(String, BcryptHash)]>.mapping { name, field in
                guard !name.contains(":") else {
                    return field.refuse("a user's name has no colon, which ends it in a request")
                }
                guard let text = Reading<Secret>.unexpanded.read(field)?.revealed else { return nil }
                do throws(SettingsError) {
                    return (name, try BcryptHash(parsing: text))
                } catch {
                    return field.refuse(error.description)
                }
            }.read(field).map { Dictionary($0, uniquingKeysWith: { first, _ in first }) }
        }
    }
}
