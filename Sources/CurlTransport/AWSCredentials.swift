import Bytes
import Settings

/// The key that requests are signed with.
struct AWSCredentials: Equatable {
    var accessKey: String
    var secretKey: Secret
    var sessionToken: Secret?
}

/// Where keys and the region are looked for: the settings, the environment, the files that AWS's tools share.
struct AWSSources {
    private let settings: SigV4
    private let environment: Environment.Lookup

    init(_ settings: SigV4, environment: @escaping Environment.Lookup = Environment.variable) {
        self.settings = settings
        self.environment = environment
    }

    /// The shared files, first the one of credentials.
    var files: [String] { [credentialsFile, configFile].compactMap(\.self) }

    /// Whether settings, a profile that they name, or the environment have the key, so that no role is asked for.
    var hasKey: Bool {
        settings.accessKey != nil || settings.profile != nil
            || (environment("AWS_ACCESS_KEY_ID") != nil && environment("AWS_SECRET_ACCESS_KEY") != nil)
    }

    /// The key, of the first place that has one: the settings, a profile that they name, the environment, the default
    /// profile.
    func credentials(_ files: WatchedFiles) throws(Withheld) -> AWSCredentials {
        if let accessKey = settings.accessKey, let secretKey = settings.secretKey {
            return AWSCredentials(accessKey: accessKey, secretKey: secretKey)
        }
        if settings.profile == nil, let accessKey = environment("AWS_ACCESS_KEY_ID"),
            let secretKey = environment("AWS_SECRET_ACCESS_KEY")
        {
            let token = environment("AWS_SESSION_TOKEN").map(Secret.init)
            return AWSCredentials(accessKey: accessKey, secretKey: Secret(secretKey), sessionToken: token)
        }
        for section in sections(files) {
            guard let accessKey = section["aws_access_key_id"], let secretKey = section["aws_secret_access_key"]
            else { continue }
            let token = section["aws_session_token"].map(Secret.init)
            return AWSCredentials(accessKey: accessKey, secretKey: Secret(secretKey), sessionToken: token)
        }
        throw Withheld(
            "sigv4 has no key: neither the settings nor the environment nor the profile \(profile.quoted) has one")
    }

    /// The region, of the first place that has one.
    func region(_ files: WatchedFiles) throws(Withheld) -> String {
        let places = [settings.region, environment("AWS_REGION"), environment("AWS_DEFAULT_REGION")]
        let regions = places.compactMap(\.self) + sections(files).compactMap { $0["region"] }
        guard let region = regions.first else { throw Withheld("sigv4 has no region: set sigv4.region") }
        return region
    }

    private var profile: String { settings.profile ?? environment("AWS_PROFILE") ?? "default" }

    private var credentialsFile: String? { environment("AWS_SHARED_CREDENTIALS_FILE") ?? inHome("credentials") }

    private var configFile: String? { environment("AWS_CONFIG_FILE") ?? inHome("config") }

    private func inHome(_ name: String) -> String? { environment("HOME").map { "\($0)/.aws/\(name)" } }

    /// The profile's keys and values in each of the files.
    private func sections(_ files: WatchedFiles) -> [[String: String]] {
        self.files.compactMap { files.text($0) }.map { Self.section(named: profile, of: $0) }
    }

    /// The keys and values of `[name]`, or `[profile name]`.
    private static func section(named name: String, of text: String) -> [String: String] {
        var values: [String: String] = [:]
        var isWithin = false
        for line in text.split(whereSeparator: \.isNewline) {
            let line = trimmed(line)
            if line.hasPrefix("["), line.hasSuffix("]") {
                let title = line.dropFirst().dropLast().split(separator: " ").map(String.init)
                isWithin = title == [name] || title == ["profile", name]
            } else if isWithin, let equals = line.firstIndex(of: "="), !line.hasPrefix("#"), !line.hasPrefix(";") {
                values[String(trimmed(line[..<equals])).lowercased()] = String(
                    trimmed(line[line.index(after: equals)...]))
            }
        }
        return values
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
