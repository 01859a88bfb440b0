import Settings

/// What flags and environment set over the configuration file.
struct Overrides {
    /// The configuration file, where one is named.
    var configFile: String?
    /// The server's own configuration file, where one is named.
    var webConfigFile: String?
    /// Whether requests may reload and end (`--web.enable-lifecycle`).
    var enablesLifecycle = false
    private var settings = Settings()
    /// The settings that are overridden, and by what.
    private var sources: [(path: SettingPath, source: String)] = []

    /// Reads the values.
    init(_ flags: FlagValues) throws(CommandError) {
        configFile = flags[.configFile]?.values.last
        webConfigFile = flags[.webConfigFile]?.values.last.flatMap { $0.isEmpty ? nil : $0 }
        if let given = flags[.remoteWriteURL] {
            sources.append(("remote_write", given.source))
            settings.remoteWrite = try Self.read(given) { text throws(SettingsError) in
                _ = try DestinationURL(text)
                return DestinationSettings(url: text)
            }
        }
        if let given = flags[.webListenAddress] {
            sources.append(("listen_address", given.source))
            settings.listenAddress = try Self.read(given, ListenAddress.init(parsing:))
        }
        enablesLifecycle = try Self.isOn(flags[.webEnableLifecycle])
        if let given = flags[.logLevel] {
            sources.append(("log.level", given.source))
            settings.log.level = try Self.choose(given)
        }
        if let given = flags[.logFormat] {
            sources.append(("log.format", given.source))
            settings.log.format = try Self.choose(given)
        }
    }

    /// Puts what is overridden in the place of what the file says.
    func apply(to file: inout Settings) {
        for (path, _) in sources {
            switch path {
            case "remote_write": file.remoteWrite = settings.remoteWrite
            case "listen_address": file.listenAddress = settings.listenAddress
            case "log.level": file.log.level = settings.log.level
            default: file.log.format = settings.log.format
            }
        }
    }

    /// What set a setting, or what it stands in; nil: the file or the defaults.
    func source(of path: SettingPath) -> String? {
        let ancestry = sequence(first: path, next: \.parent)
        return ancestry.lazy.compactMap { path in sources.first { $0.path == path }?.source }.first
    }

    private static func read<Value>(
        _ given: FlagValues.Given, _ parse: (String) throws(SettingsError) -> Value
    ) throws(CommandError) -> [Value] {
        var values: [Value] = []
        for text in given.values {
            do throws(SettingsError) {
                values.append(try parse(text))
            } catch {
                throw .usage("\(given.source): \(error)")
            }
        }
        return values
    }

    /// What a switch is set to; a variable says `true` or `false`.
    static func isOn(_ given: FlagValues.Given?) throws(CommandError) -> Bool {
        switch given?.values.last {
        case nil, "false": return false
        case "true": return true
        default: throw .usage("\(given?.source ?? ""): expected true or false")
        }
    }

    private static func choose<Value: CaseIterable & RawRepresentable>(
        _ given: FlagValues.Given
    ) throws(CommandError) -> Value where Value.RawValue == String {
        guard let text = given.values.last, let value = Value(rawValue: text) else {
            let choices = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .usage("\(given.source): expected one of \(choices), not \((given.values.last ?? "").quoted)")
        }
        return value
    }
}
