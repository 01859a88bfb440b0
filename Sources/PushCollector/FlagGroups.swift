import ArgumentParser

/// `--config.file`, for commands that read it.
struct ConfigFlags: ParsableArguments {
    @Option(
        name: .customLong(FlagName.configFile.rawValue),
        help: .init(FlagName.configFile.help, valueName: "file"))
    var configFile: String?

    var values: [(flag: FlagName, values: [String])] { [(.configFile, configFile.map { [$0] } ?? [])] }
}

/// `--remote-write.url`, for commands that deliver.
struct DestinationFlags: ParsableArguments {
    @Option(
        name: .customLong(FlagName.remoteWriteURL.rawValue),
        help: .init(FlagName.remoteWriteURL.help, valueName: "url"))
    var urls: [String] = []

    var values: [(flag: FlagName, values: [String])] { [(.remoteWriteURL, urls)] }
}

/// `--web...`, for commands that take pushes.
struct WebFlags: ParsableArguments {
    @Option(
        name: .customLong(FlagName.webListenAddress.rawValue),
        help: .init(FlagName.webListenAddress.help, valueName: "address"))
    var addresses: [String] = []

    @Option(
        name: .customLong(FlagName.webConfigFile.rawValue),
        help: .init(FlagName.webConfigFile.help, valueName: "file"))
    var configFile: String?

    @Flag(
        name: .customLong(FlagName.webEnableLifecycle.rawValue),
        help: .init(FlagName.webEnableLifecycle.help))
    var enableLifecycle = false

    var values: [(flag: FlagName, values: [String])] {
        [
            (.webListenAddress, addresses), (.webConfigFile, configFile.map { [$0] } ?? []),
            (.webEnableLifecycle, enableLifecycle ? ["true"] : []),
        ]
    }
}

/// `--log...`, for commands that log.
struct LogFlags: ParsableArguments {
    @Option(
        name: .customLong(FlagName.logLevel.rawValue),
        help: .init(FlagName.logLevel.help, valueName: "level"))
    var level: String?

    @Option(
        name: .customLong(FlagName.logFormat.rawValue),
        help: .init(FlagName.logFormat.help, valueName: "format"))
    var format: String?

    var values: [(flag: FlagName, values: [String])] {
        [(.logLevel, level.map { [$0] } ?? []), (.logFormat, format.map { [$0] } ?? [])]
    }
}
