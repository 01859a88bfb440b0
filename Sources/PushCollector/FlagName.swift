/// The flags, named as Prometheus names its own; each is also a variable of the environment.
enum FlagName: String, CaseIterable {
    case configFile = "config.file"
    case remoteWriteURL = "remote-write.url"
    case webListenAddress = "web.listen-address"
    case webConfigFile = "web.config.file"
    case webEnableLifecycle = "web.enable-lifecycle"
    case logLevel = "log.level"
    case logFormat = "log.format"
    case live

    /// The flag as it is written.
    var name: String { "--\(rawValue)" }

    /// `PUSH_COLLECTOR_REMOTE_WRITE_URL` for `--remote-write.url`.
    var variable: String {
        "PUSH_COLLECTOR_" + String(rawValue.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }

    /// What it is for, in a line of the help.
    var help: String {
        switch self {
        case .configFile: "The configuration file; collector.yaml if it exists."
        case .remoteWriteURL: "A destination in place of the file's; repeatable."
        case .webListenAddress: "Where to listen in place of the file's; repeatable."
        case .logLevel: "The least level to log: debug, info, warn or error."
        case .logFormat: "The form of the log: logfmt or json."
        case .webConfigFile: "TLS, users, rate limit: exporter-toolkit's web.yml."
        case .webEnableLifecycle: "Take requests to /-/reload and /-/quit."
        case .live: "Ask a running collector whether it is ready."
        }
    }

    /// Whether it may be given several times; a variable then separates values by commas.
    var isRepeatable: Bool { self == .remoteWriteURL || self == .webListenAddress }
}
